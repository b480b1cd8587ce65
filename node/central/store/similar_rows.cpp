#include "node/central/store/similar_rows.h"

#include <algorithm>
#include <set>

#include "node/central/store/title_words.h"

namespace fieldnode::central {
namespace {

constexpr std::size_t kOfEachKindMost = 5;
/// How many ids before and after the case are looked at for words.
constexpr std::int64_t kWindow = 1'000;
/// Two titles of one matter, told by two people, share about half of their pairs.
constexpr double kLikeEnough = 0.5;

std::vector<CaseId> ids_in(db::Statement& select) {
  std::vector<CaseId> ids;
  for (db::Row const row : select) ids.push_back(row.get<CaseId>(0));
  return ids;
}

}  // namespace

std::vector<SimilarCase> SimilarRows::of(CaseRecord const& record) {
  std::vector<SimilarCase> similar;
  std::set<CaseId> named{record.id};
  auto const add = [&](std::vector<CaseId> const& ids, Likeness why) {
    for (auto const id : ids) {
      if (named.insert(id).second) similar.push_back({.id = id, .why = why});
    }
  };
  add(of_caller(record.id), Likeness::kTelephone);
  add(at_place(record), Likeness::kPlace);
  add(in_words(record), Likeness::kWords);
  return similar;
}

std::vector<CaseId> SimilarRows::of_caller(CaseId id) {
  auto select = connection_.prepare(
      "SELECT id FROM city_case WHERE telephone_hash = (SELECT telephone_hash FROM city_case WHERE id = :id"
      " AND length(telephone_hash) > 0) AND id <> :id AND merged_into IS NULL ORDER BY id DESC LIMIT :most");
  return ids_in(select.bind(":id", id).bind(":most", std::uint64_t{kOfEachKindMost}));
}

std::vector<CaseId> SimilarRows::at_place(CaseRecord const& record) {
  if (record.place.empty()) return {};
  auto select = connection_.prepare(
      "SELECT id FROM city_case WHERE place = :place AND place <> '' AND id <> :id AND merged_into IS NULL"
      " ORDER BY id DESC LIMIT :most");
  select.bind(":place", record.place).bind(":id", record.id).bind(":most", std::uint64_t{kOfEachKindMost});
  return ids_in(select);
}

std::vector<CaseId> SimilarRows::in_words(CaseRecord const& record) {
  TitleWords const words(record.title);
  if (words.empty()) return {};
  std::vector<std::pair<double, CaseId>> alike;
  auto const here = static_cast<std::int64_t>(record.id.value);
  auto select = connection_.prepare(
      "SELECT id, title FROM city_case WHERE id BETWEEN :from AND :to AND merged_into IS NULL ORDER BY id");
  select.bind(":from", here - kWindow).bind(":to", here + kWindow);
  for (db::Row const row : select) {
    auto const likeness = words.likeness(TitleWords(row.get<std::string_view>(1)));
    if (likeness >= kLikeEnough) alike.emplace_back(likeness, row.get<CaseId>(0));
  }
  std::ranges::sort(alike, std::greater{});
  std::vector<CaseId> ids;
  for (auto const& [likeness, id] : alike) {
    if (id != record.id && ids.size() < kOfEachKindMost) ids.push_back(id);
  }
  return ids;
}

}  // namespace fieldnode::central

#include "node/lists/evidence_lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sync/base/check.h"

namespace fieldnode::lists {
namespace {

using rules::EntryKind;
using wire::ListKind;

constexpr std::array kBothKinds{ListKind::kFeed, ListKind::kJournal};

/// On the unit as a whole only what a verdict rests on is shown with its words; of the rest (names of staff, figures,
/// vetoes) the skeleton, so that none can be left out unseen.
bool shows_body(rules::Skeleton const& skeleton) {
  constexpr std::array kRead{EntryKind::kPolicy, EntryKind::kCalendar, EntryKind::kTimeCorrection};
  return skeleton.assignment || std::ranges::find(kRead, skeleton.kind) != kRead.end();
}

/// Collects leaves that are not shown and writes them in parts of bounded size.
class HiddenRun {
 public:
  explicit HiddenRun(wire::EvidenceWriter& writer) : writer_(writer) {}

  void add(std::uint64_t seq, Hash const& leaf) {
    if (run_.leaves.empty()) run_.first = seq;
    run_.leaves.push_back(leaf);
    if (run_.leaves.size() == wire::kLeavesMost) flush();
  }
  void flush() {
    if (!run_.leaves.empty()) writer_.add(run_);
    run_.leaves.clear();
  }

 private:
  wire::EvidenceWriter& writer_;
  wire::EvidenceLeaves run_;
};

[[noreturn]] void broken(ListRow const& list, std::uint64_t seq, Refusal const& why) {
  throw BrokenWorld(fmt::format("{}: {}", place_of(list.head.list, seq), why.sentence));
}

}  // namespace

rules::EvidenceExport EvidenceLists::count(AssignmentId assignment) {
  return {counts_on(assignment), counts_on(AssignmentId{})};
}

std::vector<rules::ListCount> EvidenceLists::counts_on(AssignmentId assignment) {
  std::vector<rules::ListCount> counts;
  for (auto const kind : kBothKinds) {
    for (auto const& list : register_.all(kind)) {
      auto select = connection_.prepare(
          "SELECT count(*) FROM entry WHERE assignment = :assignment AND list = :list AND seq <= :head");
      select.bind(":assignment", assignment).bind(":list", list.id).bind(":head", list.head.seq);
      auto const entries = select.one<std::uint64_t>();
      if (entries > 0) counts.push_back({kind == ListKind::kJournal, list.head.list.epoch, entries});
    }
  }
  return counts;
}

std::vector<EvidenceEnd> EvidenceLists::ends() {
  std::vector<EvidenceEnd> ends;
  for (auto const kind : kBothKinds) {
    for (auto const& list : register_.all(kind)) {
      auto select = connection_.prepare("SELECT run_end FROM list WHERE id = :id");
      auto const run_end = select.bind(":id", list.id).one<std::optional<std::uint64_t>>();
      ends.push_back({list.head, run_end});
    }
  }
  return ends;
}

void EvidenceLists::write(wire::EvidenceWriter& writer, std::vector<EvidenceEnd> const& ends,
                          std::set<AssignmentId> const& shown, SignHead const& signs,
                          std::function<void(wire::ListName const&, StoredEntry const&)> const& seen) {
  for (auto const& end : ends) {
    auto list = register_.find(end.head.list.kind, end.head.list.epoch);
    check(list.has_value(), "a list that evidence tells of is held");
    list->head = end.head;
    writer.add(wire::EvidenceList{signs(end.head), end.run_end});
    auto const entries = readable(*list, shown);
    write_entries(writer, *list, entries);
    for (auto const& entry : entries) {
      if (entry.skeleton.assignment) seen(end.head.list, entry);
    }
  }
}

std::vector<StoredEntry> EvidenceLists::readable(ListRow const& list, std::set<AssignmentId> const& shown) {
  std::vector<StoredEntry> entries;
  auto const take = [&](AssignmentId assignment) {
    auto select = rows_.on(list, assignment);
    for (auto const row : select) {
      if (row.get<std::uint64_t>(0) > list.head.seq) break;
      entries.push_back(rows_.require(list, row));
    }
  };
  take(AssignmentId{});
  for (auto const assignment : shown) take(assignment);
  std::ranges::sort(entries, {}, [](StoredEntry const& entry) { return entry.at.seq; });
  return entries;
}

void EvidenceLists::write_entries(wire::EvidenceWriter& writer, ListRow const& list,
                                  std::vector<StoredEntry> const& readable) {
  HiddenRun hidden(writer);
  auto next = readable.begin();
  auto select = connection_.prepare("SELECT seq, leaf FROM entry WHERE list = :list AND seq <= :upto ORDER BY seq");
  select.bind(":list", list.id).bind(":upto", list.head.seq);
  for (auto const row : select) {
    auto const seq = row.get<std::uint64_t>(0);
    if (next == readable.end() || next->at.seq != seq) {
      hidden.add(seq, row.get<Hash>(1));
      continue;
    }
    hidden.flush();
    writer.add(wire::EvidenceEntry{seq, shown_form(list, *next)});
    ++next;
  }
  hidden.flush();
}

/// The body with its salt beside it, or its hash; of the contact part the hash alone, as it also holds the salt keys.
wire::EncodedEntry EvidenceLists::shown_form(ListRow const& list, StoredEntry const& entry) {
  auto const seq = entry.at.seq;
  auto const keys = keys_for(list, entry);
  auto form = wire::with_body_salt(entry.entry, list.head.list, seq, keys);
  if (!form) broken(list, seq, form.error());
  form = wire::erased(*form, {.body = !shows_body(entry.skeleton), .contact = true}, list.head.list, seq, keys);
  if (!form) broken(list, seq, form.error());
  return *std::move(form);
}

std::optional<wire::SaltKeys> EvidenceLists::keys_for(ListRow const& list, StoredEntry const& entry) {
  if (auto const own = require_keys(list, entry)) return own;
  if (!entry.skeleton.assignment) return rows_.opening_keys(list);
  for (auto const& feed : register_.all(ListKind::kFeed)) {
    if (auto const keys = rows_.keys_on(feed, entry.skeleton.assignment)) return keys->keys;
  }
  return std::nullopt;
}

}  // namespace fieldnode::lists

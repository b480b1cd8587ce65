#include "node/central/case_views.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "node/central/permissions_view.h"
#include "node/central/unit_views.h"
#include "node/web/views.h"
#include "node/web/words_json.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::array kStates{std::pair(CaseState::kNew, "new"),
                             std::pair(CaseState::kIncomplete, "incomplete"),
                             std::pair(CaseState::kDispatched, "dispatched"),
                             std::pair(CaseState::kClosed, "closed"),
                             std::pair(CaseState::kRefused, "refused"),
                             std::pair(CaseState::kMerged, "merged")};

std::string_view word_of(Likeness why) {
  switch (why) {
    case Likeness::kTelephone:
      return "telephone";
    case Likeness::kPlace:
      return "place";
    case Likeness::kWords:
      return "words";
  }
  return "";
}

std::string_view word_of(RefusalStanding standing) {
  switch (standing) {
    case RefusalStanding::kPending:
      return "pending";
    case RefusalStanding::kStands:
      return "stands";
    case RefusalStanding::kDenied:
      return "denied";
    case RefusalStanding::kEnded:
      return "ended";
  }
  return "";
}

value moment_or_null(std::optional<UtcTime> t) { return t ? value(web::moment(*t)) : value(nullptr); }

std::string id_text(CaseId id) { return std::to_string(id.value); }

object source_view(CaseSource const& source) {
  boost::system::error_code error;
  auto facts = boost::json::parse(source.facts, error);
  return {{"system", source.system},
          {"external_id", source.external_id},
          {"opened_at", web::moment(source.opened_at)},
          {"closed_at", moment_or_null(source.closed_at)},
          {"target_at", moment_or_null(source.target_at)},
          {"history", source.is_history},
          {"facts", error ? value(object{}) : facts}};
}

value name_view(std::optional<CaseName> const& name) {
  if (!name) return nullptr;
  return object{{"id", id_text(name->id)}, {"number", name->number}, {"title", name->title}};
}

object refusal_view(CaseRefusal const& refusal, StaffNames const& staff) {
  bool const confirmed = refusal.code == rules::ReturnReason::kN7 && refusal.standing == RefusalStanding::kStands;
  return {{"code", web::word_of(refusal.code)},
          {"text", refusal.text},
          {"referred_to", refusal.referred_to},
          {"at", web::moment(refusal.at)},
          {"by", staff_view(refusal.staff, staff)},
          {"pending", refusal.standing == RefusalStanding::kPending},
          {"confirmed_by", confirmed ? staff_view(refusal.ruled_by, staff) : value(nullptr)}};
}

value refusal_in_force(CaseLine const& line, StaffNames const& staff) {
  if (!line.record.refusal) return nullptr;
  auto view = refusal_view(*line.record.refusal, staff);
  view["earlier_case"] = name_view(line.earlier);
  return view;
}

/// One of those that the case ever had.
object past_refusal(CaseRefusal const& refusal, StaffNames const& staff) {
  auto view = refusal_view(refusal, staff);
  view["earlier_case"] = refusal.earlier_case ? value(id_text(refusal.earlier_case)) : value(nullptr);
  view["standing"] = word_of(refusal.standing);
  view["ruled_by"] = staff_view(refusal.ruled_by, staff);
  view["ruled_at"] = moment_or_null(refusal.ruled_at);
  return view;
}

object merged_view(CaseRecord const& part) {
  return {{"id", id_text(part.id)},
          {"number", part.number},
          {"title", part.title},
          {"text", part.text},
          {"created_at", web::moment(part.created_at)}};
}

object similar_view(CaseRecord const& record, Likeness why) {
  return {{"id", id_text(record.id)}, {"number", record.number},        {"title", record.title},
          {"place", record.place},    {"state", word_of(record.state)}, {"created_at", web::moment(record.created_at)},
          {"why", word_of(why)}};
}

object unmasking_view(UnmaskingRecord const& record, StaffNames const& staff) {
  return {{"by", staff_view(record.staff, staff)}, {"at", web::moment(record.at)}, {"reason", record.reason}};
}

object record_view(CaseRecord const& record) {
  return {{"id", id_text(record.id)},
          {"number", record.number},
          {"title", record.title},
          {"text", record.text},
          {"place", record.place},
          {"category", web::word_of(record.category)},
          {"kind", web::word_of(record.kind)},
          {"urgent", record.urgent},
          {"confidential", record.confidential},
          {"created_at", web::moment(record.created_at)},
          {"state", word_of(record.state)},
          {"source", record.source ? value(source_view(*record.source)) : value(nullptr)}};
}

template <class Items, class View>
array views_of(Items const& items, View const& view) {
  array views;
  for (auto const& item : items) views.push_back(view(item));
  return views;
}

}  // namespace

std::string_view word_of(CaseState state) {
  auto const row = std::ranges::find(kStates, state, [](auto const& known) { return known.first; });
  return row == kStates.end() ? std::string_view() : row->second;
}

std::optional<CaseState> read_case_state(std::string_view word) {
  auto const row = std::ranges::find(kStates, word, [](auto const& known) { return std::string_view(known.second); });
  if (row == kStates.end()) return std::nullopt;
  return row->first;
}

object case_line_view(CaseLine const& line, StaffNames const& staff) {
  auto view = record_view(line.record);
  view["refusal"] = refusal_in_force(line, staff);
  view["merged_into"] = name_view(line.merged_into);
  view["unit"] = line.last ? value(unit_view(line.last->unit)) : value(nullptr);
  view["assignment"] = line.last ? value(std::to_string(line.last->row.id.value)) : value(nullptr);
  view["stage"] = line.last ? value(web::word_of(line.last->row.stage)) : value(nullptr);
  view["awaits"] = line.last && line.last->row.awaits;
  return view;
}

object case_file_view(CaseFile const& file, CasePermissions const& permissions, StaffNames const& staff) {
  auto view = case_line_view(file.line, staff);
  view["contact"] = web::masked_contact({file.contact, {}});
  view["assignments"] = views_of(file.assignments, assignment_row_view);
  view["merged"] = views_of(file.merged, merged_view);
  view["similar"] = views_of(file.similar, [](auto const& one) { return similar_view(one.first, one.second); });
  view["refusals"] = views_of(file.refusals, [&](auto const& one) { return past_refusal(one, staff); });
  view["unmaskings"] = views_of(file.unmaskings, [&](auto const& one) { return unmasking_view(one, staff); });
  add_permissions(view, permissions, [](std::string_view door) { return door; });
  return view;
}

object assignment_row_view(HeldAssignment const& held) {
  auto const& row = held.row;
  return {{"id", std::to_string(row.id.value)},
          {"unit", unit_view(held.unit)},
          {"case", id_text(row.case_id)},
          {"cycle", row.cycle},
          {"stage", web::word_of(row.stage)},
          {"dispatched_at", web::moment(row.dispatched_at)},
          {"awaits", row.awaits}};
}

}  // namespace fieldnode::central

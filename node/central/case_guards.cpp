#include "node/central/case_guards.h"

#include <fmt/format.h>

#include <algorithm>

namespace fieldnode::central {

Refusal unknown_case(CaseId id) {
  return refuse("unknown_case", fmt::format("There is no case {} here; look it up in the list of cases.", id.value));
}

Result<void> require_unsettled(CaseRecord const& record) {
  switch (record.state) {
    case CaseState::kDispatched:
      return refuse("already_dispatched", fmt::format("Case {} is with a unit; take it back first.", record.number));
    case CaseState::kClosed:
      return refuse("case_closed", fmt::format("Case {} is closed; nothing more is done with it.", record.number));
    case CaseState::kRefused:
      return refuse("case_refused", fmt::format("Case {} was refused; nothing more is done with it.", record.number));
    case CaseState::kMerged:
      return refuse("case_merged", fmt::format("Case {} is part of another case; go on with that one.", record.number));
    case CaseState::kNew:
    case CaseState::kIncomplete:
      break;
  }
  if (!record.refusal_pending()) return {};
  return refuse("refusal_pending",
                fmt::format("A refusal of case {} waits for a second person; decide on it first.", record.number));
}

Result<void> require_dispatchable(CaseRecord const& record) {
  if (auto const unsettled = require_unsettled(record); !unsettled) return unsettled;
  if (record.state != CaseState::kIncomplete) return {};
  return refuse("case_incomplete",
                fmt::format("Case {} waits for missing elements; complete it before it is dispatched.", record.number));
}

Result<void> require_incomplete(CaseRecord const& record) {
  if (record.state == CaseState::kIncomplete) return {};
  return refuse("case_not_incomplete", fmt::format("Case {} waits for no elements; reload it.", record.number));
}

Result<void> require_second_person(CaseRecord const& record, StaffId who) {
  if (!record.refusal_pending()) {
    return refuse("no_pending_refusal",
                  fmt::format("No refusal of case {} waits for a second person; reload it.", record.number));
  }
  if (record.refusal->staff != who) return {};
  return refuse("same_person",
                fmt::format("You refused case {} yourself; another person must confirm it.", record.number));
}

Result<void> require_mergeable_into(CaseRecord const& record) {
  bool const is_gone = record.state == CaseState::kRefused || record.state == CaseState::kMerged;
  if (!is_gone) return {};
  return refuse("bad_merge_target",
                fmt::format("Case {} was itself {}; choose the case under which the matter is handled.", record.number,
                            record.state == CaseState::kRefused ? "refused" : "merged into another"));
}

CasePermissions permissions_of(CaseRecord const& record, StaffId who) {
  CasePermissions permissions;
  auto const ask = [&](std::string_view door, Result<void> const& answer) {
    if (answer) {
      permissions.allowed.push_back(door);
    } else {
      permissions.refused.emplace(door, answer.error());
    }
  };
  ask("dispatch", require_dispatchable(record));
  ask("refusal", require_unsettled(record));
  ask("refusal_ruling", require_second_person(record, who));
  ask("completion", require_incomplete(record));
  ask("merge", require_unsettled(record));
  return permissions;
}

CaseRecord emptied(CaseRecord record) {
  record.title.clear();
  record.text.clear();
  record.place.clear();
  if (record.source) record.source->facts = "{}";
  return record;
}

std::optional<AssignmentRow> live_among(std::vector<AssignmentRow> const& assignments) {
  auto const live =
      std::ranges::find_if(assignments, [](AssignmentRow const& row) { return !rules::is_end(row.stage); });
  if (live == assignments.end()) return std::nullopt;
  return *live;
}

}  // namespace fieldnode::central

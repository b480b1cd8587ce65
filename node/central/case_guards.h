#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "node/central/store/records.h"
#include "sync/base/result.h"

/// What may be done with a case as it stands: asked by the desks before they write, and by the page before it offers.
namespace fieldnode::central {

[[nodiscard]] Refusal unknown_case(CaseId id);

/// Errors: `already_dispatched`, `case_closed`, `case_refused`, `case_merged`, `refusal_pending`, `case_incomplete`.
[[nodiscard]] Result<void> require_dispatchable(CaseRecord const& record);
/// May it be refused, or become part of another? Errors: as above without `case_incomplete`.
[[nodiscard]] Result<void> require_unsettled(CaseRecord const& record);
/// May its missing elements be filled in? Errors: `case_not_incomplete`.
[[nodiscard]] Result<void> require_incomplete(CaseRecord const& record);
/// May `who` rule on its refusal, N7? Errors: `no_pending_refusal`, `same_person`.
[[nodiscard]] Result<void> require_second_person(CaseRecord const& record, StaffId who);
/// May another case become part of it? Errors: `bad_merge_target`.
[[nodiscard]] Result<void> require_mergeable_into(CaseRecord const& record);

/// What may be done now, by the names of the doors, and why the rest may not.
struct CasePermissions {
  std::vector<std::string_view> allowed;
  std::map<std::string_view, Refusal> refused;
};
[[nodiscard]] CasePermissions permissions_of(CaseRecord const& record, StaffId who);

/// N5: the skeleton of the record stays, the words go.
[[nodiscard]] CaseRecord emptied(CaseRecord record);

/// The assignment that a unit works on now; a case has at most one.
[[nodiscard]] std::optional<AssignmentRow> live_among(std::vector<AssignmentRow> const& assignments);

}  // namespace fieldnode::central

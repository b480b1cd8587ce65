#pragma once

#include <boost/json/object.hpp>

#include "node/central/case_guards.h"
#include "node/central/store/central_store.h"

/// What the centre's page shows of cases, as JSON. Source: schema/openapi/central.yaml.
namespace fieldnode::central {

/// The state's word; nothing for an unknown one.
[[nodiscard]] std::string_view word_of(CaseState state);
[[nodiscard]] std::optional<CaseState> read_case_state(std::string_view word);

/// A line of the list. `staff`: the centre's own.
[[nodiscard]] boost::json::object case_line_view(CaseLine const& line, StaffNames const& staff);
/// All of one case; contact data only masked.
[[nodiscard]] boost::json::object case_file_view(CaseFile const& file, CasePermissions const& permissions,
                                                 StaffNames const& staff);
/// A line in a list of assignments.
[[nodiscard]] boost::json::object assignment_row_view(HeldAssignment const& held);
}  // namespace fieldnode::central

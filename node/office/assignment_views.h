#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>

#include "node/office/desk.h"

/// What the office's page shows of assignments, as JSON. Source: schema/openapi/office.yaml.
namespace fieldnode::office {

using StaffNames = std::map<StaffId, std::string>;

/// One line of a list.
[[nodiscard]] boost::json::object summary_view(AssignmentRow const& row, Progress const& progress, TimeInterval now,
                                               StaffNames const& names);

/// One assignment with its clocks, what may be done now, and the timeline in the order of the fold.
[[nodiscard]] boost::json::object assignment_view(AssignmentFile const& file, Desk& desk, rules::RuleBook const& book,
                                                  TimeInterval now, StaffNames const& names);

/// One act of the file as it stands in the timeline; null if it is not there.
[[nodiscard]] boost::json::value act_view(AssignmentFile const& file, Position at, StaffNames const& names);

}  // namespace fieldnode::office

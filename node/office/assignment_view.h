#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <string>

#include "node/office/desk.h"
#include "node/office/office_store.h"

/// What the office's page shows of an assignment, as JSON.
namespace fieldnode::office {

/// The name of a member of the staff; empty when there is none of that id.
using StaffNames = std::function<std::string(StaffId)>;

/// A line of a list. `now`: what is known of the present.
[[nodiscard]] boost::json::object summary_view(AssignmentRow const& row, Progress const& progress, TimeInterval now,
                                               StaffNames const& name_of);

/// All of one assignment: the line, text, masked contact, clocks with reasons, what may be done, the timeline.
[[nodiscard]] boost::json::object file_view(AssignmentFile const& file, Permissions const& permissions,
                                            rules::RuleBook const& book, TimeInterval now, StaffNames const& name_of);

/// One act of the file; an empty object when it is not in it.
[[nodiscard]] boost::json::object act_view(AssignmentFile const& file, Position at, Permissions const& permissions,
                                           StaffNames const& name_of);

/// The citizen's data in clear, for the answer to an unmasking; null once the assignment was taken back or returned.
[[nodiscard]] boost::json::value unmasked_view(AssignmentFile const& file);

/// What has to be said beside an act that was taken, as {"code","sentence"}: a second acknowledgement counts for
/// nothing, and two clerks who press at once must both hear which one counts. Null: nothing.
[[nodiscard]] boost::json::value notice_view(AssignmentFile const& file, lists::StoredEntry const& act);

}  // namespace fieldnode::office

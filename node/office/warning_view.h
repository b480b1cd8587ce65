#pragma once

#include <boost/json/object.hpp>

#include "node/office/assignment_view.h"
#include "node/office/warning_desk.h"

namespace fieldnode::office {

/// What a page shows of the limits that press one person:
/// {"now","by_estimate","telling","news","news_is_least","own":[Group],"escalated":[Group]|null}.
[[nodiscard]] boost::json::object warnings_view(WarningDesk::Reading const& reading, StaffNames const& name_of);

}  // namespace fieldnode::office

#pragma once

#include <boost/json/object.hpp>

#include "node/central/store/central_store.h"

/// What the centre's page shows of units and staff, as JSON.
namespace fieldnode::central {

/// {"id","code","name"}.
[[nodiscard]] boost::json::object unit_view(UnitRecord const& unit);
/// The unit with its figures and the node that serves it.
[[nodiscard]] boost::json::object unit_overview_view(UnitOverview const& unit);

/// {"id","name"}, null for nobody. A name that is not known is empty.
[[nodiscard]] boost::json::value staff_view(StaffId who, StaffNames const& names);
[[nodiscard]] std::string name_of(StaffId who, StaffNames const& names);

}  // namespace fieldnode::central

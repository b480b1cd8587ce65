#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "node/central/enrolment_desk.h"
#include "node/central/node_desk.h"

/// Nodes and codes as JSON, for the page and for --json.
namespace fieldnode::central {

[[nodiscard]] std::string_view word_of(NodeStanding standing);
[[nodiscard]] boost::json::object node_view(UnitNode const& node, StaffNames const& staff);
[[nodiscard]] boost::json::object code_view(IssuedCode const& issued, std::string const& sync_address);

}  // namespace fieldnode::central

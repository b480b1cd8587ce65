#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "node/lists/stored_entry.h"

namespace fieldnode::web {

/// One entry on the unit as a whole, as `item_view`. A published text or snapshot has a page of its own and is left
/// out.
[[nodiscard]] boost::json::object unit_log_item(lists::StoredEntry const& entry, std::string staff_name);

}  // namespace fieldnode::web

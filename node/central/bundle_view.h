#pragma once

#include <boost/json/object.hpp>

#include "node/db/read_pool.h"

namespace fieldnode::central {

/// What is under way on sticks: `sent`, made for a node that has not shown yet that it holds what is in it; `taken`,
/// the last of each unit that came.
[[nodiscard]] boost::json::object bundles_view(db::ReadPool& readers);

}  // namespace fieldnode::central

#pragma once

#include <boost/json/object.hpp>

#include "node/central/clock_guard.h"

namespace fieldnode::central {

/// {"kept": "synchronised" | "watched", "signs": whether times are signed now, "doubt": null | {"code","sentence"}}.
[[nodiscard]] boost::json::object clock_view(ClockGuard& guard);

}  // namespace fieldnode::central

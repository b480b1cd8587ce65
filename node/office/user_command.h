#pragma once

#include <span>
#include <string>

#include "node/office/console.h"

namespace fieldnode::office {

/// `fieldnode user add|list|reset|disable`: who may sign in at the page. Goes through the running node if there is one.
[[nodiscard]] int run_user(std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::office

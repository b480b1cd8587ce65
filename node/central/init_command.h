#pragma once

#include <span>
#include <string>

#include "node/central/console.h"

namespace fieldnode::central {

/// init --dir D --name CITY [--host NAME ...]
int run_init(std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::central

#pragma once

#include <span>
#include <string>

#include "node/central/console.h"

namespace fieldnode::central {

/// serve --dir D --sync HOST:PORT --page HOST:PORT, until SIGTERM or SIGINT.
int run_serve(std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::central

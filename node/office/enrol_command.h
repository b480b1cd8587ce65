#pragma once

#include <span>
#include <string>

#include "node/office/console.h"

namespace fieldnode::office {

/// `fieldnode enrol`: makes a directory the node of a unit with a one-time code. Gives the exit code.
[[nodiscard]] int run_enrol(std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::office

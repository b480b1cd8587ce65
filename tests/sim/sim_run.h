#pragma once

#include "tests/sim/command_line.h"

namespace fieldnode::sim {

/// Does what was asked for and prints what came of it. Gives the exit code: 0 or 1.
/// Errors: BadUsage for a bug that is not in the table.
[[nodiscard]] int run(SimOptions const& options);

}  // namespace fieldnode::sim

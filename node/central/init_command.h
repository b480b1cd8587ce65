#pragma once

#include "node/cli/command.h"

namespace fieldnode::central {

/// init --dir D --name CITY [--host NAME ...]
[[nodiscard]] cli::Command init_command();

}  // namespace fieldnode::central

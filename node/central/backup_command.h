#pragma once

#include "node/cli/command.h"

namespace fieldnode::central {

[[nodiscard]] cli::Command backup_command();
[[nodiscard]] cli::Command restore_command();

}  // namespace fieldnode::central

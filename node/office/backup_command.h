#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

[[nodiscard]] cli::Command backup_command();
[[nodiscard]] cli::Command restore_command();

}  // namespace fieldnode::office

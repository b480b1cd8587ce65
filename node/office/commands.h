#pragma once

#include "node/cli/program.h"

namespace fieldnode::office {

/// `fieldnode` with its commands. Each word has a file of its own, `<name>_command.h`.
[[nodiscard]] cli::Program program();

}  // namespace fieldnode::office

#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

[[nodiscard]] cli::Command epoch_command();

}  // namespace fieldnode::office

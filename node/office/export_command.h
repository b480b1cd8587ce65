#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

/// `fieldnode export evidence CASE -o FILE`: by the running node, or with its own hands when none runs.
[[nodiscard]] cli::Command export_command();

}  // namespace fieldnode::office

#pragma once

#include "node/cli/command.h"

namespace fieldnode::central {

/// `fieldnode-central export evidence CASE -o FILE`: by the running service, or with its own hands when none runs.
[[nodiscard]] cli::Command export_command();

}  // namespace fieldnode::central

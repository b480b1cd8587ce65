#pragma once

#include "node/cli/command.h"

namespace fieldnode::central {

/// aside list --unit C [--after N] | show --act N | adopt --act N --why TEXT
[[nodiscard]] cli::Command aside_command();

}  // namespace fieldnode::central

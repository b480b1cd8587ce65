#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

/// `fieldnode user add|list|reset|disable`: who may sign in at the page. Goes through the running node if there is one.
[[nodiscard]] cli::Command user_command();

}  // namespace fieldnode::office

#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

/// `fieldnode enrol`: makes a directory the node of a unit with a one-time code.
[[nodiscard]] cli::Command enrol_command();

}  // namespace fieldnode::office

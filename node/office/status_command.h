#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

/// `fieldnode status`: how the node is, told by the running node or read from its directory.
[[nodiscard]] cli::Command status_command();

}  // namespace fieldnode::office

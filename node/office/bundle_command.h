#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

/// `fieldnode bundle export|import`: the exchange on a stick, through the running node if there is one.
[[nodiscard]] cli::Command bundle_command();

}  // namespace fieldnode::office

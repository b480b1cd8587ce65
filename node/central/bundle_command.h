#pragma once

#include "node/cli/command.h"

namespace fieldnode::central {

/// `fieldnode-central bundle export|import`: the exchange on a stick, through the running service if there is one.
[[nodiscard]] cli::Command bundle_command();

}  // namespace fieldnode::central

#pragma once

#include "node/cli/program.h"

namespace fieldnode::central {

/// `fieldnode-central` with its commands.
[[nodiscard]] cli::Program program();

}  // namespace fieldnode::central

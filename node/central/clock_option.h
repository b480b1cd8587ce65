#pragma once

#include "node/cli/call.h"
#include "node/cli/command.h"

namespace fieldnode::central {

/// `--clock KEPT`: who keeps this machine's clock right, before a time is signed by it.
[[nodiscard]] cli::Option clock_option();
/// Whether people answer for it, instead of a time service. Errors: `bad_usage`.
[[nodiscard]] Result<bool> is_watched(cli::Call const& call);

}  // namespace fieldnode::central

#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

/// `fieldnode verify`: proves chains, receipts and projection; may run beside the node. Prints the positions of both
/// lists and the digest of the state.
[[nodiscard]] cli::Command verify_command();

}  // namespace fieldnode::office

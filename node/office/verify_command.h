#pragma once

#include <span>
#include <string>

#include "node/office/console.h"

namespace fieldnode::office {

/// `fieldnode verify`: proves chains, receipts and projection; may run beside the node. Prints the positions of both
/// lists and the digest of the state. Gives the exit code; kExitFailed when something is wrong.
[[nodiscard]] int run_verify(std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::office

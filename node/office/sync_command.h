#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

/// `fieldnode sync`: exchanges with the centre until nothing is left to send or fetch, through the running node if
/// there is one.
[[nodiscard]] cli::Command sync_command();

}  // namespace fieldnode::office

#pragma once

#include "node/cli/command.h"

/// Publishing from the command line.
namespace fieldnode::central {

/// policy publish FILE [--preview]
[[nodiscard]] cli::Command policy_command();
/// calendar publish FILE [--preview]
[[nodiscard]] cli::Command calendar_command();

}  // namespace fieldnode::central

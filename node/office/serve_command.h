#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

/// `fieldnode serve`: the node at work until SIGTERM or SIGINT. Prints `ready page=URL` once it really listens.
/// Shape: runs on the first thread, before any other is started.
[[nodiscard]] cli::Command serve_command();

}  // namespace fieldnode::office

#pragma once

#include "node/cli/command.h"

namespace fieldnode::central {

/// serve --dir D --sync HOST:PORT --page HOST:PORT, until SIGTERM or SIGINT.
[[nodiscard]] cli::Command serve_command();

}  // namespace fieldnode::central

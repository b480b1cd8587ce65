#pragma once

#include "node/cli/command.h"

namespace fieldnode::central {

/// import --dir D --mapping F.toml [--as-open] [--rejects FILE] FILE.csv: takes another system's cases in. Rejected
/// rows are listed and no failure. What is wrong with the mapping, the file or the city is said before anything is
/// written.
[[nodiscard]] cli::Command import_command();

}  // namespace fieldnode::central

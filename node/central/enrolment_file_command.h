#pragma once

#include "node/cli/command.h"

namespace fieldnode::central {

/// enrol-file FILE --answer FILE
[[nodiscard]] cli::Command enrol_file_command();

}  // namespace fieldnode::central

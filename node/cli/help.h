#pragma once

#include <string>
#include <string_view>

#include "node/cli/command.h"

namespace fieldnode::cli {

/// What `path --help` prints: usage, summary, then its commands or its options, 80 columns wide.
[[nodiscard]] std::string help_of(std::string_view path, Command const& command);

}  // namespace fieldnode::cli

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "node/central/console.h"

namespace fieldnode::central {

/// One word after `fieldnode-central`.
struct Command {
  std::string_view name;
  std::string_view summary;
  int (*run)(std::span<std::string const> args, Console const& console);
};

[[nodiscard]] std::span<Command const> commands();

/// Runs the command that `args` name (without the program's name), or answers --help and --version.
/// Gives the exit code; an unknown command is kExitBadInput.
[[nodiscard]] int run_program(std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::central

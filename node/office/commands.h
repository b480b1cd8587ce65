#pragma once

#include <span>
#include <string>
#include <string_view>

#include "node/office/console.h"

namespace fieldnode::office {

/// One word after `fieldnode`. Each has a file of its own, `<name>_command.h`.
struct Command {
  std::string_view name;
  std::string_view summary;
  int (*run)(std::span<std::string const> args, Console const& console);
};

[[nodiscard]] std::span<Command const> commands();

/// Runs the command that `args` name (without the program's name), or answers --help and --version.
/// Gives the exit code; an unknown command is kExitBadInput.
[[nodiscard]] int run_program(std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::office

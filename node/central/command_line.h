#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "node/central/console.h"

namespace fieldnode::central {

/// What every command has.
struct CommonOptions {
  std::string directory;
  bool json{};
};

void add_common_options(CLI::App& app, CommonOptions& options);

/// Reads the arguments; gives the exit code where the command ends here (--help, bad usage).
[[nodiscard]] std::optional<int> parse_arguments(CLI::App& app, std::span<std::string const> args, bool const& json,
                                                 Console const& console);

}  // namespace fieldnode::central

#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "node/cli/command.h"

namespace fieldnode::cli {

/// What was typed for each option, presets filled in; an option that was left out has no values. A flag that was set
/// has one, "true".
using Values = std::map<std::string_view, std::vector<std::string>>;

/// Every command has this one.
[[nodiscard]] Option const& json_option();

/// Reads what stands after the command's words; nothing where --help was asked for. `path`: the words as typed, for
/// sentences. The values' names are those of `command`, which must outlive them.
/// Errors: `bad_usage`.
[[nodiscard]] Result<std::optional<Values>> read_command_line(std::string_view path, Command const& command,
                                                              std::span<std::string const> args);

/// The sentence, and where to read on.
[[nodiscard]] Refusal bad_usage(std::string_view path, std::string_view what);

}  // namespace fieldnode::cli

#pragma once

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <span>
#include <string>

#include "node/office/console.h"
#include "node/office/data_dir.h"
#include "sync/base/result.h"

/// What the commands that work on a data directory have in common.
namespace fieldnode::office {

struct CommonOptions {
  std::string dir;
  bool json{};

  [[nodiscard]] DataDir data_dir() const { return {dir}; }
};

/// --dir and --json.
void describe_common(CLI::App& app, CommonOptions& options);

/// Parses `args`; gives the exit code when that ends the command (--help, bad usage).
[[nodiscard]] std::optional<int> parse_command_line(CLI::App& app, std::span<std::string const> args,
                                                    CommonOptions const& options, Console const& console);

/// Says why to `err`, with --json also to `out`; gives `code`.
[[nodiscard]] int print_failure(CLI::App const& app, Refusal const& why, CommonOptions const& options,
                                Console const& console, int code = kExitBadInput);

/// One line of JSON.
void print_json_line(boost::json::object const& object, Console const& console);

}  // namespace fieldnode::office

#pragma once

#include <filesystem>
#include <optional>

#include "tests/tidy/source_tree.h"

namespace fieldnode::tidy {

struct ToolAnswer {
  int exit_code{};
  std::string output;  ///< both streams
};
/// Runs a command line with sh in `folder` and waits for it.
[[nodiscard]] ToolAnswer run_tool(std::filesystem::path const& folder, std::string const& command);

/// The name of a clang-format of version 14; others break lines differently.
[[nodiscard]] std::optional<std::string> find_clang_format();
[[nodiscard]] std::optional<std::string> find_shellcheck();

/// Files (below `root`) that the formatter would change, judged by the `.clang-format` at their top.
[[nodiscard]] Violations check_format(std::string const& clang_format, std::filesystem::path const& root,
                                      std::vector<std::string> const& files);

/// What shellcheck has to say about the scripts.
[[nodiscard]] Violations check_scripts(std::string const& shellcheck, std::filesystem::path const& root,
                                       std::vector<std::string> const& files);

}  // namespace fieldnode::tidy

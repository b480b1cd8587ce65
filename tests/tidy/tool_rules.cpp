#include "tests/tidy/tool_rules.h"

#include <sys/wait.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <set>
#include <stdexcept>

namespace fieldnode::tidy {
namespace {

std::string shell_word(std::string_view word) {
  std::string result = "'";
  for (char const c : word) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::string command_line(std::string tool, std::vector<std::string> const& files) {
  for (auto const& file : files) tool += " " + shell_word(file);
  return tool;
}

std::optional<std::string> first_that_answers(std::vector<std::string> const& names, std::string_view version) {
  for (auto const& name : names) {
    auto const answer = run_tool(".", name + " --version");
    if (answer.exit_code == 0 && answer.output.find(version) != std::string::npos) return name;
  }
  return std::nullopt;
}

/// Reads `file:line:column: sentence`; other lines (the source, the caret) say nothing new.
std::optional<Violation> read_complaint(std::string_view line) {
  auto const file_end = line.find(':');
  if (file_end == std::string_view::npos) return std::nullopt;
  std::size_t number = 0;
  auto const rest = line.substr(file_end + 1);
  auto const [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc{} || *end != ':') return std::nullopt;
  return Violation{std::string(line.substr(0, file_end)), number, std::string(rest)};
}

/// One complaint per file is enough to find it; a tool that fails without one is reported in its own words.
Violations read_complaints(ToolAnswer const& answer) {
  Violations found;
  if (answer.exit_code == 0) return found;
  std::set<std::string> seen;
  for (auto const line : lines_of(answer.output)) {
    auto complaint = read_complaint(line);
    if (complaint && seen.insert(complaint->file).second) found.push_back(*std::move(complaint));
  }
  if (found.empty()) found.push_back({"", 0, answer.output});
  return found;
}

}  // namespace

ToolAnswer run_tool(std::filesystem::path const& folder, std::string const& command) {
  auto const line = "cd " + shell_word(folder.string()) + " && " + command + " 2>&1";
  auto* pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start a shell");
  ToolAnswer answer;
  std::array<char, 4096> block{};
  while (auto const got = std::fread(block.data(), 1, block.size(), pipe)) answer.output.append(block.data(), got);
  auto const status = ::pclose(pipe);
  answer.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return answer;
}

std::optional<std::string> find_clang_format() {
  return first_that_answers({"clang-format-14", "clang-format"}, "version 14.");
}

std::optional<std::string> find_shellcheck() { return first_that_answers({"shellcheck"}, "version"); }

Violations check_format(std::string const& clang_format, std::filesystem::path const& root,
                        std::vector<std::string> const& files) {
  if (files.empty()) return {};
  return read_complaints(run_tool(root, command_line(clang_format + " --style=file --dry-run -Werror", files)));
}

Violations check_scripts(std::string const& shellcheck, std::filesystem::path const& root,
                         std::vector<std::string> const& files) {
  if (files.empty()) return {};
  return read_complaints(run_tool(root, command_line(shellcheck + " -x -f gcc", files)));
}

}  // namespace fieldnode::tidy

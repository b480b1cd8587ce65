#include "node/cli/help.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/cli/command_line.h"

namespace fieldnode::cli {
namespace {

constexpr std::size_t kLineWidth = 80;
constexpr std::size_t kNameWidthMost = 22;  ///< a longer name has a line of its own

struct Row {
  std::string name;
  std::string text;
};

/// `text` broken at blanks into lines of `width`.
std::vector<std::string> lines_of(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    auto const word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (!lines.back().empty() && lines.back().size() + 1 + word.size() > width) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

std::size_t name_width(std::vector<Row> const& rows) {
  std::size_t width = 0;
  for (auto const& row : rows) {
    if (row.name.size() <= kNameWidthMost) width = std::max(width, row.name.size());
  }
  return width;
}

std::string columns(std::vector<Row> const& rows) {
  auto const width = name_width(rows);
  std::string text;
  for (auto const& row : rows) {
    auto name = row.name;
    if (name.size() > width) {
      text += fmt::format("  {}\n", name);
      name.clear();
    }
    for (auto const& line : lines_of(row.text, kLineWidth - width - 4)) {
      text += fmt::format("  {:<{}}  {}\n", name, width, line);
      name.clear();
    }
  }
  return text;
}

std::string as_typed(Option const& option) {
  if (option.is_positional()) return std::string(option.value);
  return option.is_flag() ? std::string(option.name) : fmt::format("{} {}", option.name, option.value);
}

Row row_of(Option const& option) {
  std::string text(option.text);
  if (!option.example.empty()) text += fmt::format(", like {}", option.example);
  if (option.number) text += fmt::format(", {} to {}", option.number->least, option.number->most);
  if (option.repeatable) text += "; may repeat";
  if (!option.preset.empty()) text += fmt::format("; {} if left out", option.preset);
  return {as_typed(option), std::move(text)};
}

std::string usage_of(std::string_view path, Command const& command) {
  if (!command.commands.empty()) return fmt::format("{} COMMAND [OPTIONS]", path);
  std::string options;
  std::string places;
  for (auto const& option : command.options) {
    if (option.is_positional()) {
      places += option.required ? fmt::format(" {}", option.value) : fmt::format(" [{}]", option.value);
    } else if (option.required) {
      options += fmt::format(" {}", as_typed(option));
    }
  }
  return fmt::format("{}{} [OPTIONS]{}", path, options, places);
}

std::string commands_of(std::string_view path, Command const& command) {
  std::vector<Row> rows;
  for (auto const& each : command.commands) rows.push_back({std::string(each.name), std::string(each.summary)});
  return fmt::format(
      "commands:\n{}\n`{} COMMAND --help` shows what one takes.\n"
      "Exit codes: 0 done, 1 failed, 2 bad usage or input.\n",
      columns(rows), path);
}

std::string options_of(Command const& command) {
  std::vector<Row> rows;
  for (auto const& option : command.options) rows.push_back(row_of(option));
  rows.push_back(row_of(json_option()));
  rows.push_back({"-h, --help", "print this text"});
  return fmt::format("options:\n{}", columns(rows));
}

}  // namespace

std::string help_of(std::string_view path, Command const& command) {
  return fmt::format("usage: {}\n\n{}\n\n{}", usage_of(path, command), command.summary,
                     command.commands.empty() ? options_of(command) : commands_of(path, command));
}

}  // namespace fieldnode::cli

#include "node/cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>

namespace fieldnode::cli {
namespace {

/// An option of the table and what the parser made of it.
struct Bound {
  Option const& option;
  CLI::Option const& parsed;

  [[nodiscard]] std::vector<std::string> values() const {
    if (!option.is_flag()) return parsed.results();
    return parsed.count() > 0 && parsed.as<bool>() ? std::vector<std::string>{"true"} : std::vector<std::string>{};
  }
};

/// The parser only cuts the line into names and values; what they must be is judged below, so that every option is
/// refused in the same words.
Bound bind(CLI::App& app, Option const& option) {
  std::string const name(option.name);
  if (option.is_flag()) return {option, *app.add_flag(name)};
  auto* const parsed = app.add_option(name);
  parsed->type_name(std::string(option.value))->expected(1)->take_all()->allow_extra_args(false);
  return {option, *parsed};
}

std::string stray(std::string const& word) {
  if (word.starts_with("-")) return fmt::format("There is no option {}", word.substr(0, word.find('=')));
  return fmt::format("\"{}\" is one word too many", word);
}

std::string_view shown_name(Option const& option) { return option.is_positional() ? option.value : option.name; }

std::string missing(Option const& option) {
  auto const name = shown_name(option);
  if (option.example.empty()) return fmt::format("{} is missing", name);
  return fmt::format("{} is missing, write it like {} {}", name, name, option.example);
}

bool is_within(NumberRange const& range, std::string_view text) {
  std::uint64_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc{} && read.ptr == end && number >= range.least && number <= range.most;
}

/// Why these values cannot be; nothing when they can.
std::optional<std::string> objection(Option const& option, std::vector<std::string> const& values) {
  if (values.empty()) return option.required ? std::optional(missing(option)) : std::nullopt;
  if (values.size() > 1 && !option.repeatable) {
    return fmt::format("{} stands there {} times and can only be given once", shown_name(option), values.size());
  }
  if (option.number && !is_within(*option.number, values.front())) {
    return fmt::format("{} \"{}\" is no whole number from {} to {}", option.name, values.front(), option.number->least,
                       option.number->most);
  }
  return std::nullopt;
}

Result<std::optional<Values>> judged(std::string_view path, std::vector<Bound> const& bounds) {
  Values values;
  for (auto const& bound : bounds) {
    auto given = bound.values();
    if (auto const why = objection(bound.option, given)) return bad_usage(path, *why);
    if (given.empty() && !bound.option.preset.empty()) given = {bound.option.preset};
    values.emplace(bound.option.name, std::move(given));
  }
  return values;
}

}  // namespace

Option const& json_option() {
  static Option const kJson{.name = "--json", .text = "print the answer as JSON"};
  return kJson;
}

Refusal bad_usage(std::string_view path, std::string_view what) {
  return refuse("bad_usage", fmt::format("{}; `{} --help` shows what it takes.", what, path));
}

Result<std::optional<Values>> read_command_line(std::string_view path, Command const& command,
                                                std::span<std::string const> args) {
  CLI::App app;
  app.allow_extras();  // told below
  std::vector<Bound> bounds;
  for (auto const& option : command.options) bounds.push_back(bind(app, option));
  bounds.push_back(bind(app, json_option()));
  try {
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));  // CLI11 takes them from the back
  } catch (CLI::CallForHelp const&) {
    return std::optional<Values>{};
  } catch (CLI::ParseError const& error) {
    return bad_usage(path, error.what());
  }
  if (auto const extras = app.remaining(); !extras.empty()) return bad_usage(path, stray(extras.front()));
  return judged(path, bounds);
}

}  // namespace fieldnode::cli

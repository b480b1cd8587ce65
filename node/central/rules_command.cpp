#include "node/central/rules_command.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "node/central/desk_call.h"
#include "node/cli/call.h"
#include "node/cli/input_file.h"
#include "sync/rules/calendar_file.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

std::string_view text_at(json::object const& object, std::string_view name) { return object.at(name).as_string(); }

std::string tell_unit(json::object const& line) {
  return fmt::format("  {:<12} {} earlier, {} later, {} overdue by it\n", text_at(line.at("unit").as_object(), "code"),
                     line.at("earlier").to_number<std::uint64_t>(), line.at("later").to_number<std::uint64_t>(),
                     line.at("overdue").to_number<std::uint64_t>());
}

std::string shown(json::value const& moment) { return moment.is_null() ? "none" : std::string(moment.as_string()); }

std::string tell_moved(json::object const& line) {
  return fmt::format("  {} {}: {} -> {}{}\n", text_at(line, "case_number"), text_at(line, "clock"),
                     shown(line.at("before")), shown(line.at("after")),
                     line.at("overdue").as_bool() ? ", overdue" : "");
}

std::string tell_preview(json::object const& trial) {
  if (trial.at("published").as_bool()) return fmt::format("{} is published already\n", text_at(trial, "version"));
  auto text = fmt::format("{}: {} open, {} due earlier, {} due later, {} overdue by it\n", text_at(trial, "version"),
                          trial.at("open").to_number<std::uint64_t>(), trial.at("earlier").to_number<std::uint64_t>(),
                          trial.at("later").to_number<std::uint64_t>(), trial.at("overdue").to_number<std::uint64_t>());
  for (auto const& line : trial.at("units").as_array()) text += tell_unit(line.as_object());
  for (auto const& line : trial.at("moved").as_array()) text += tell_moved(line.as_object());
  if (trial.at("needs_second").as_bool()) {
    text += fmt::format("it changes {}, a day that is past: two persons publish it at the page\n",
                        text_at(trial, "first_changed_day"));
  }
  return text;
}

std::string tell_published(json::object const& record) {
  return fmt::format("published: {} {}, no. {}\n", text_at(record, "kind"), text_at(record, "version"),
                     record.at("number").to_number<std::uint64_t>());
}

Result<void> run(std::string_view kind, cli::Call const& call) {
  auto const path = call.text("FILE");
  auto const document = cli::read_input_file(path, rules::kNoticeMaxBytes);
  if (!document) return document.error();
  bool const only_preview = call.has("--preview");
  json::object const arguments{{"kind", kind}, {"document", *document}, {"name", path}};
  auto const answer = call_desk(call.text("--dir"), only_preview ? "rules-preview" : "rules-publish", arguments);
  if (!answer) return answer.error();
  call.answer(*answer, only_preview ? tell_preview(*answer) : tell_published(*answer));
  return {};
}

cli::Command publish_command(std::string_view kind, std::string_view format) {
  return {.name = "publish",
          .summary = "store it once and tell every unit; the same file again changes nothing",
          .options = {cli::data_directory("the city's data directory"),
                      {.name = "FILE", .value = "FILE", .text = format, .required = true},
                      {.name = "--preview", .text = "say what it would move, and publish nothing"}},
          .run = [kind](cli::Call const& call) { return run(kind, call); }};
}

}  // namespace

cli::Command policy_command() {
  return {.name = "policy",
          .summary = "the numbers of the measures: publish",
          .commands = {publish_command("policy", "a policy in the format of schema/policy")}};
}

cli::Command calendar_command() {
  return {.name = "calendar",
          .summary = "working days: publish a notice",
          .commands = {publish_command("calendar", "a notice in the format of schema/calendars")}};
}

}  // namespace fieldnode::central

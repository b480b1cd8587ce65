#include "node/central/aside_command.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <limits>

#include "node/central/desk_call.h"
#include "node/cli/call.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;
using Tell = std::string (*)(json::object const&);

std::string text_of(json::value const& value) {
  if (value.is_null()) return "-";
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

/// "2026-10-10T09:00:00+08:00 to ...": between which moments the node's own clock puts the act.
std::string claimed(json::object const& act) {
  auto const& time = act.at("time").as_object();
  return fmt::format("{} to {}", text_of(time.at("earliest")), text_of(time.at("latest")));
}

std::string staff_of(json::object const& act) {
  auto const* const staff = act.at("staff").if_object();
  return staff == nullptr ? "-" : text_of(staff->at("id"));
}

std::string fate_of(json::object const& aside) {
  auto const* const adopted = aside.at("adopted").if_object();
  return adopted == nullptr ? "not in force" : fmt::format("adopted {}", text_of(adopted->at("at")));
}

std::string tell_line(json::object const& aside) {
  auto const& act = aside.at("act").as_object();
  auto const& why = aside.at("why").as_object();
  return fmt::format("{:<6} assignment {:<8} {:<16} by {:<8} node {} act {:<6} {}\n       claims {}; came {}\n",
                     text_of(aside.at("number")), text_of(aside.at("assignment")), text_of(act.at("kind")),
                     staff_of(act), text_of(why.at("node")), text_of(act.at("seq")), fate_of(aside), claimed(act),
                     text_of(aside.at("received_at")));
}

std::string tell_act(json::object const& aside) {
  auto const& act = aside.at("act").as_object();
  auto const& why = aside.at("why").as_object();
  auto text = tell_line(aside);
  text += fmt::format("       aside because node {} was revoked {} ({})\n", text_of(why.at("node")),
                      text_of(why.at("revoked_at")), text_of(why.at("words")));
  text += fmt::format("       says {} {}\n", text_of(act.at("fields")), text_of(act.at("texts")));
  return text;
}

std::string tell_page(json::object const& page) {
  auto text = fmt::format("{} acts aside, {} not adopted\n", text_of(page.at("total")), text_of(page.at("waiting")));
  for (auto const& act : page.at("items").as_array()) text += tell_line(act.as_object());
  if (!page.at("next").is_null()) text += fmt::format("more: --after {}\n", text_of(page.at("next")));
  return text;
}

Result<void> run(cli::Call const& call, std::string_view desk, json::object const& arguments, Tell tell) {
  auto const answer = call_desk(call.text("--dir"), desk, arguments);
  if (!answer) return answer.error();
  call.answer(*answer, tell(*answer));
  return {};
}

Result<void> list(cli::Call const& call) {
  return run(call, "aside-list", {{"unit", call.text("--unit")}, {"after", call.text("--after")}}, tell_page);
}

Result<void> show(cli::Call const& call) { return run(call, "aside-show", {{"act", call.text("--act")}}, tell_act); }

Result<void> adopt(cli::Call const& call) {
  return run(call, "aside-adopt", {{"act", call.text("--act")}, {"why", call.text("--why")}}, tell_act);
}

}  // namespace

cli::Command aside_command() {
  auto const dir = cli::data_directory("the city's data directory");
  cli::Option const unit{.name = "--unit", .value = "CODE", .text = "code of the unit", .required = true};
  cli::Option const after{.name = "--after",
                          .value = "N",
                          .text = "those after this number",
                          .preset = "0",
                          .number = cli::NumberRange{0, std::numeric_limits<std::int64_t>::max()}};
  cli::Option const act{.name = "--act",
                        .value = "N",
                        .text = "number that `aside list` shows",
                        .number = cli::NumberRange{1, std::numeric_limits<std::int64_t>::max()},
                        .required = true};
  cli::Option const why{
      .name = "--why", .value = "TEXT", .text = "the reason, for whoever asks later", .required = true};
  return {
      .name = "aside",
      .summary = "what revoked nodes delivered: list, show, adopt",
      .commands = {
          {.name = "list", .summary = "all that is kept aside of a unit", .options = {dir, unit, after}, .run = list},
          {.name = "show", .summary = "one act, with its words", .options = {dir, act}, .run = show},
          {.name = "adopt",
           .summary = "rule an act in: it counts from now on, at both ends",
           .options = {dir, act, why},
           .run = adopt}}};
}

}  // namespace fieldnode::central

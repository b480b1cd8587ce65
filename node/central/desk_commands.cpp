#include "node/central/desk_commands.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include "node/central/desk_call.h"
#include "node/cli/call.h"
#include "node/web/qr_code.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;
using Tell = std::string (*)(json::object const&);

/// What people type, and how the answer of CommandDesk's `desk` is told to them.
struct DeskCommand {
  std::string_view name;
  std::string_view summary;
  std::string_view desk;
  std::vector<cli::Option> options;  ///< "--code" is the desk's argument "code"
  Tell tell;
};

Result<void> run(std::string_view desk, std::vector<std::string_view> const& options, Tell tell,
                 cli::Call const& call) {
  json::object arguments;
  for (auto const name : options) arguments[name.substr(2)] = call.text(name);
  auto const answer = call_desk(call.text("--dir"), desk, arguments);
  if (!answer) return answer.error();
  call.answer(*answer, tell(*answer));
  return {};
}

cli::Command command_of(DeskCommand desk_command) {
  std::vector<std::string_view> names;
  for (auto const& option : desk_command.options) names.push_back(option.name);
  auto options = std::move(desk_command.options);
  options.insert(options.begin(), cli::data_directory("the city's data directory"));
  return {
      .name = desk_command.name,
      .summary = desk_command.summary,
      .options = std::move(options),
      .run = [desk = desk_command.desk, names = std::move(names),
              tell = desk_command.tell](cli::Call const& call) { return run(desk, names, tell, call); },
  };
}

/// Every argument of a desk must be given.
cli::Option needed(std::string_view name, std::string_view value, std::string_view text) {
  return {.name = name, .value = value, .text = text, .required = true};
}

std::string_view text_at(json::object const& object, std::string_view name) { return object.at(name).as_string(); }

std::string shown(json::value const& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

/// What was done at a node that was replaced, since it was heard last, is nowhere.
std::string tell_lost_window(json::object const& alarm) {
  auto const first = json::value_to<std::uint64_t>(alarm.at("first"));
  auto const left = json::value_to<std::uint64_t>(alarm.at("last")) + 1 - first;
  return fmt::format(
      "lost_window: node {} was replaced; what was done there after {}, when it was heard last, is not here "
      "({} acts are held, {} more it had not sent then)",
      shown(alarm.at("subject")), text_at(alarm, "at"), first - 1, left);
}

std::string tell_alarm(json::object const& alarm) {
  auto const code = text_at(alarm, "code");
  if (code == "lost_window") return tell_lost_window(alarm);
  if (code == "acts_aside") {
    return fmt::format("acts_aside: node {}, which was revoked, delivered its acts {} to {}; `aside list` shows them",
                       shown(alarm.at("subject")), shown(alarm.at("first")), shown(alarm.at("last")));
  }
  if (code == "state_differs") {
    return fmt::format("state_differs: assignment {} stands otherwise at its node; seen {}", shown(alarm.at("subject")),
                       text_at(alarm, "at"));
  }
  return fmt::format("{}: {} to {}, {}", code, shown(alarm.at("first")), shown(alarm.at("last")), text_at(alarm, "at"));
}

/// What an operator must look at, a line each.
std::string tell_alarms(json::object const& unit) {
  std::string text;
  if (unit.at("awaits_report").as_bool())
    text += "             waits for its node's report since the city was restored\n";
  for (auto const& alarm : unit.at("alarms").as_array()) {
    text += fmt::format("             {}\n", tell_alarm(alarm.as_object()));
  }
  return text;
}

std::string tell_unit(json::object const& unit) {
  return fmt::format("{:<12} {:<24} node {}\n", text_at(unit, "code"), text_at(unit, "name"),
                     text_at(unit.at("node").as_object(), "state")) +
         tell_alarms(unit);
}

std::string tell_units(json::object const& answer) {
  std::string text;
  for (auto const& unit : answer.at("units").as_array()) text += tell_unit(unit.as_object());
  return text;
}

std::string tell_code(json::object const& answer) {
  std::vector<std::string> rows;
  for (auto const& row : answer.at("qr").as_array()) rows.emplace_back(row.as_string());
  return fmt::format("{}\ncity fingerprint {} (the office must see the same)\n{}{}\n", text_at(answer, "code"),
                     text_at(answer, "city_fingerprint"), web::qr_for_terminal(rows), text_at(answer, "scan"));
}

std::string tell_node(json::object const& node) {
  auto const& unit = node.at("unit").as_object();
  return fmt::format("{:<6} {:<12} {:<16} {:<10} {}{}\n", text_at(node, "id"), text_at(unit, "code"),
                     text_at(node, "fingerprint"), text_at(node, "state"), text_at(node, "asked_at"),
                     text_at(node, "revoked_why").empty() ? "" : fmt::format("  ({})", text_at(node, "revoked_why")));
}

std::string tell_nodes(json::object const& answer) {
  auto text = fmt::format("city fingerprint {}\n", text_at(answer, "city_fingerprint"));
  for (auto const& node : answer.at("nodes").as_array()) text += tell_node(node.as_object());
  return text;
}

std::string tell_login(json::object const& answer) { return fmt::format("{}\n", text_at(answer, "password")); }

std::string tell_user(json::object const& user) {
  return fmt::format("{:<20} {:<12}{}\n", text_at(user, "name"), text_at(user, "role"),
                     user.at("disabled").as_bool() ? " disabled" : "");
}

std::string tell_users(json::object const& answer) {
  std::string text;
  for (auto const& user : answer.at("users").as_array()) text += tell_user(user.as_object());
  return text;
}

/// "3 new, 12 dispatched": every count that there is, in the desk's order and words.
std::string tell_counts(json::object const& counts) {
  std::string text;
  for (auto const& [name, count] : counts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", shown(count), std::string_view(name));
  }
  return text;
}

std::string tell_clock(json::object const& clock) {
  if (clock.at("signs").as_bool()) return fmt::format("clock: {}, times are signed\n", text_at(clock, "kept"));
  return fmt::format("NO TIME IS SIGNED: {}\n", text_at(clock.at("doubt").at("sentence").as_object(), "en"));
}

std::string tell_bundles(json::object const& bundles) {
  std::string text;
  for (auto const& bundle : bundles.at("sent").as_array()) {
    auto const& sent = bundle.as_object();
    text += fmt::format("on its way: bundle {} to {}, made {}\n", shown(sent.at("number")), text_at(sent, "unit"),
                        text_at(sent, "created_at"));
  }
  return text;
}

std::string tell_status(json::object const& answer) {
  auto const& storage = answer.at("storage").as_object();
  return fmt::format(
      "{}, {} units\ncity key: {}\ncases: {}\nassignments: {}\n{}{}{}", text_at(answer, "city"),
      shown(answer.at("units")), text_at(answer.at("city_key").as_object(), "public_key"),
      tell_counts(answer.at("cases").as_object()), tell_counts(answer.at("assignments").as_object()),
      tell_bundles(answer.at("bundles").as_object()),
      answer.at("clock").is_object() ? tell_clock(answer.at("clock").as_object()) : "",
      storage.at("safe_mode").as_bool() ? fmt::format("SAFE MODE: {}\n", text_at(storage, "reason")) : "");
}

std::string tell_verified(json::object const& answer) {
  return fmt::format("sound: {} units, {} entries, {} assignments, {} receipts\n", answer.at("units").as_array().size(),
                     shown(answer.at("entries")), shown(answer.at("assignments")), shown(answer.at("receipts")));
}

}  // namespace

cli::Command unit_command() {
  auto const code = needed("--code", "CODE", "short name that people type");
  auto const name = needed("--name", "NAME", "name in full");
  return {.name = "unit",
          .summary = "the organizer units: add, list",
          .commands = {command_of({"add", "add an organizer unit", "unit-add", {code, name}, tell_unit}),
                       command_of({"list", "all units and their nodes", "unit-list", {}, tell_units})}};
}

cli::Command enrol_code_command() {
  return command_of({"enrol-code",
                     "a one-time code with which a unit's node is enrolled",
                     "enrol-code",
                     {needed("--unit", "CODE", "code of the unit")},
                     tell_code});
}

cli::Command node_command() {
  auto const fingerprint = needed("--fingerprint", "F", "as the office reads it out from its own screen");
  auto const node = needed("--node", "N", "number of the node, as `node list` shows it");
  auto const unit = needed("--unit", "CODE", "code of the unit that loses its node, as a second word");
  auto const why = needed("--why", "TEXT", "the reason, for whoever asks later");
  return {
      .name = "node",
      .summary = "the programs that serve the units: list, confirm, refuse, revoke",
      .commands = {
          command_of({"list", "all nodes and who waits to be confirmed", "node-list", {}, tell_nodes}),
          command_of({"confirm", "take in the program that shows this", "node-confirm", {fingerprint}, tell_node}),
          command_of({"refuse", "turn away the program that shows this", "node-refuse", {fingerprint}, tell_node}),
          command_of(
              {"revoke", "end a node at once: lost, stolen, replaced", "node-revoke", {node, unit, why}, tell_node})}};
}

cli::Command user_command() {
  auto const name = needed("--name", "NAME", "what the person types to sign in");
  auto const role = needed("--role", "ROLE", "operator, supervisor, system, data or auditor");
  return {
      .name = "user",
      .summary = "who may sign in at the page: add, list, reset, disable",
      .commands = {command_of({"add", "a new person, with a one-time password", "user-add", {name, role}, tell_login}),
                   command_of({"list", "who may sign in", "user-list", {}, tell_users}),
                   command_of({"reset", "a new one-time password", "user-reset", {name}, tell_login}),
                   command_of({"disable", "end a person's access", "user-disable", {name}, tell_user})}};
}

cli::Command status_command() {
  return command_of({"status", "counts and health of the city", "status", {}, tell_status});
}

cli::Command clock_command() {
  return {
      .name = "clock",
      .summary = "the centre's clock: confirm",
      .commands = {command_of(
          {"confirm", "somebody has compared it with a sure one: sign times again", "clock-confirm", {}, tell_clock})}};
}

cli::Command verify_command() {
  return command_of({"verify", "recompute chains, projections and receipts", "verify", {}, tell_verified});
}

}  // namespace fieldnode::central

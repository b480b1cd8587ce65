#include "node/central/desk_commands.h"

#include <fmt/ostream.h>

#include <boost/json.hpp>
#include <map>

#include "node/central/command_line.h"
#include "node/central/desk_call.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;
using Print = void (*)(json::object const&, std::ostream&);

struct Option {
  std::string flag;  ///< "--code"; its word is the argument's name
  std::string text;
};

struct DeskCommand {
  std::string program;  ///< as typed, for --help
  std::string summary;
  std::string name;  ///< of CommandDesk
  std::vector<Option> options;
  Print print;
};

std::string_view text_at(json::object const& object, std::string_view name) { return object.at(name).as_string(); }

std::string shown(json::value const& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

int run(DeskCommand const& command, std::span<std::string const> args, Console const& console) {
  CommonOptions common;
  std::map<std::string, std::string> values;
  CLI::App app(command.summary, command.program);
  add_common_options(app, common);
  for (auto const& option : command.options) {
    app.add_option(option.flag, values[option.flag.substr(2)], option.text)->required();
  }
  if (auto const end = parse_arguments(app, args, common.json, console)) return *end;
  json::object arguments;
  for (auto const& [name, value] : values) arguments[name] = value;
  auto const answer = call_desk(common.directory, command.name, arguments);
  if (!answer) return print_refusal(answer.error(), common.json, console);
  if (common.json) {
    fmt::print(console.out, "{}\n", json::serialize(*answer));
  } else {
    command.print(*answer, console.out);
  }
  return kExitDone;
}

/// Runs the sub-command that the first argument names.
int run_one_of(std::span<DeskCommand const> commands, std::span<std::string const> args, Console const& console) {
  std::string names;
  for (auto const& command : commands) {
    auto const word = command.program.substr(command.program.rfind(' ') + 1);
    if (!args.empty() && args.front() == word) return run(command, args.subspan(1), console);
    names += fmt::format("\n  {}  {}", command.program, command.summary);
  }
  bool const asked = !args.empty() && (args.front() == "--help" || args.front() == "-h");
  fmt::print(asked ? console.out : console.err, "commands:{}\n", names);
  return asked ? kExitDone : kExitBadInput;
}

void print_unit(json::object const& unit, std::ostream& out) {
  fmt::print(out, "{:<12} {:<24} node {}\n", text_at(unit, "code"), text_at(unit, "name"),
             text_at(unit.at("node").as_object(), "state"));
}

void print_units(json::object const& answer, std::ostream& out) {
  for (auto const& unit : answer.at("units").as_array()) print_unit(unit.as_object(), out);
}

void print_code(json::object const& answer, std::ostream& out) { fmt::print(out, "{}\n", text_at(answer, "code")); }

void print_login(json::object const& answer, std::ostream& out) {
  fmt::print(out, "{}\n", text_at(answer, "password"));
}

void print_user(json::object const& user, std::ostream& out) {
  fmt::print(out, "{:<20} {:<12}{}\n", text_at(user, "name"), text_at(user, "role"),
             user.at("disabled").as_bool() ? " disabled" : "");
}

void print_users(json::object const& answer, std::ostream& out) {
  for (auto const& user : answer.at("users").as_array()) print_user(user.as_object(), out);
}

void print_status(json::object const& answer, std::ostream& out) {
  auto const& cases = answer.at("cases").as_object();
  auto const& assignments = answer.at("assignments").as_object();
  fmt::print(out, "{}, {} units\ncases: {} new, {} dispatched, {} closed\nassignments: {} open, {} await a decision\n",
             text_at(answer, "city"), shown(answer.at("units")), shown(cases.at("new")), shown(cases.at("dispatched")),
             shown(cases.at("closed")), shown(assignments.at("open")), shown(assignments.at("awaiting")));
  auto const& storage = answer.at("storage").as_object();
  if (storage.at("safe_mode").as_bool()) fmt::print(out, "SAFE MODE: {}\n", text_at(storage, "reason"));
}

void print_verified(json::object const& answer, std::ostream& out) {
  fmt::print(out, "sound: {} units, {} entries, {} assignments, {} receipts\n", answer.at("units").as_array().size(),
             shown(answer.at("entries")), shown(answer.at("assignments")), shown(answer.at("receipts")));
}

}  // namespace

int run_unit(std::span<std::string const> args, Console const& console) {
  std::vector<DeskCommand> const commands{
      {"fieldnode-central unit add",
       "adds an organizer unit",
       "unit-add",
       {{"--code", "short name that people type"}, {"--name", "name in full"}},
       print_unit},
      {"fieldnode-central unit list", "all units and their nodes", "unit-list", {}, print_units}};
  return run_one_of(commands, args, console);
}

int run_enrol_code(std::span<std::string const> args, Console const& console) {
  return run({"fieldnode-central enrol-code",
              "a one-time code with which a unit's node is enrolled",
              "enrol-code",
              {{"--unit", "code of the unit"}},
              print_code},
             args, console);
}

int run_user(std::span<std::string const> args, Console const& console) {
  Option const name{"--name", "what the person types to sign in"};
  std::vector<DeskCommand> const commands{
      {"fieldnode-central user add",
       "adds a person; prints the one-time password",
       "user-add",
       {name, {"--role", "operator, supervisor, system, data or auditor"}},
       print_login},
      {"fieldnode-central user list", "who may sign in", "user-list", {}, print_users},
      {"fieldnode-central user reset", "a new one-time password", "user-reset", {name}, print_login},
      {"fieldnode-central user disable", "ends a person's access", "user-disable", {name}, print_user}};
  return run_one_of(commands, args, console);
}

int run_status(std::span<std::string const> args, Console const& console) {
  return run({"fieldnode-central status", "counts and health of the city", "status", {}, print_status}, args, console);
}

int run_verify(std::span<std::string const> args, Console const& console) {
  return run({"fieldnode-central verify", "recomputes chains, projections and receipts", "verify", {}, print_verified},
             args, console);
}

}  // namespace fieldnode::central

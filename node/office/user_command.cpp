#include "node/office/user_command.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "node/cli/call.h"
#include "node/office/control_client.h"
#include "node/office/office_data.h"
#include "node/office/staff_journal.h"
#include "node/office/user_answers.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

Result<json::object> carry_out_at_rest(DataDir const& dir, UserOrder const& order) {
  SystemClock const clock;
  SystemRandom random;
  auto const data = OfficeData::open(dir, clock, random);
  if (!data) return data.error();
  web::Accounts accounts((*data)->writer, *(*data)->readers, clock, random,
                         journaled_accounts((*data)->store, (*data)->time));
  return carry_out(order, accounts);
}

Result<json::object> done_by_anyone(DataDir const& dir, UserOrder const& order) {
  json::object form;
  if (!order.name.empty()) form["name"] = order.name;
  if (!order.role.empty()) form["role"] = order.role;
  auto running = ask_node(dir, "/control/user/" + order.what, form);
  if (running || running.error().code != "not_running") return running;
  return carry_out_at_rest(dir, order);
}

std::string user_line(json::object const& user) {
  return fmt::format("{:<24}{:<12}{}\n", std::string_view(user.at("name").as_string()),
                     std::string_view(user.at("role").as_string()),
                     user.at("disabled").as_bool()      ? "disabled"
                     : user.at("must_change").as_bool() ? "has a one-time password"
                                                        : "");
}

std::string text_of(UserOrder const& order, json::object const& answer) {
  if (auto const* users = answer.if_contains("users")) {
    std::string text;
    for (auto const& user : users->as_array()) text += user_line(user.as_object());
    return text;
  }
  if (auto const* password = answer.if_contains("password")) {
    return fmt::format("one-time password: {}\n", std::string_view(password->as_string()));
  }
  return fmt::format("{} is disabled\n", order.name);
}

Result<void> run(std::string_view what, cli::Call const& call) {
  UserOrder const order{.what = std::string(what),
                        .name = what == "list" ? "" : call.text("--name"),
                        .role = what == "add" ? call.text("--role") : ""};
  auto const done = done_by_anyone(DataDir{call.text("--dir")}, order);
  if (!done) return done.error();
  call.answer(*done, text_of(order, *done));
  return {};
}

/// `more`: what the order asks for besides the directory.
cli::Command order(std::string_view what, std::string_view summary, std::vector<cli::Option> more) {
  more.insert(more.begin(), cli::data_directory("the node's data directory"));
  return {.name = what, .summary = summary, .options = std::move(more), .run = [what](cli::Call const& call) {
            return run(what, call);
          }};
}

}  // namespace

cli::Command user_command() {
  cli::Option const name{
      .name = "--name", .value = "NAME", .text = "what the person types to sign in", .required = true};
  cli::Option const role{
      .name = "--role", .value = "ROLE", .text = "clerk, supervisor, system, data or auditor", .required = true};
  return {.name = "user",
          .summary = "who may sign in: add, list, reset, disable",
          .commands = {order("add", "a new person, with a one-time password", {name, role}),
                       order("list", "who there is", {}),
                       order("reset", "a new one-time password; ends the person's sessions", {name}),
                       order("disable", "the person has left; ends the sessions", {name})}};
}

}  // namespace fieldnode::office

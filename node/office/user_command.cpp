#include "node/office/user_command.h"

#include <fmt/ostream.h>

#include <boost/json/array.hpp>

#include "node/office/command_line.h"
#include "node/office/control_client.h"
#include "node/office/office_data.h"
#include "node/office/staff_journal.h"
#include "node/office/user_answers.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

void describe_user(CLI::App& app, CommonOptions& options, UserOrder& order) {
  app.require_subcommand(1);
  auto const describe = [&](char const* word, char const* text, bool named) {
    auto* const sub = app.add_subcommand(word, text);
    describe_common(*sub, options);
    if (named) sub->add_option("--name", order.name, "what the person types to sign in")->type_name("NAME")->required();
    sub->callback([&order, word] { order.what = word; });
    return sub;
  };
  describe("add", "a new person, with a one-time password", true)
      ->add_option("--role", order.role, "clerk, supervisor, system, data or auditor")
      ->type_name("ROLE")
      ->required();
  describe("list", "who there is", false);
  describe("reset", "a new one-time password; ends the person's sessions", true);
  describe("disable", "the person has left; ends the sessions", true);
}

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

void print_text(UserOrder const& order, json::object const& answer, Console const& console) {
  if (auto const* users = answer.if_contains("users")) {
    for (auto const& user : users->as_array()) {
      fmt::print(console.out, "{:<24}{:<12}{}\n", std::string_view(user.at("name").as_string()),
                 std::string_view(user.at("role").as_string()),
                 user.at("disabled").as_bool()      ? "disabled"
                 : user.at("must_change").as_bool() ? "has a one-time password"
                                                    : "");
    }
  } else if (auto const* password = answer.if_contains("password")) {
    fmt::print(console.out, "one-time password: {}\n", std::string_view(password->as_string()));
  } else {
    fmt::print(console.out, "{} is disabled\n", order.name);
  }
}

}  // namespace

int run_user(std::span<std::string const> args, Console const& console) {
  CommonOptions options;
  UserOrder order;
  CLI::App app("Who may sign in at the page.", "fieldnode user");
  describe_user(app, options, order);
  if (auto const over = parse_command_line(app, args, options, console)) return *over;
  auto const done = done_by_anyone(options.data_dir(), order);
  if (!done) return print_failure(app, done.error(), options, console);
  options.json ? print_json_line(*done, console) : print_text(order, *done, console);
  return kExitDone;
}

}  // namespace fieldnode::office

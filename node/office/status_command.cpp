#include "node/office/status_command.h"

#include <fmt/ostream.h>

#include <boost/json/value_to.hpp>

#include "node/db/transaction.h"
#include "node/office/command_line.h"
#include "node/office/control_client.h"
#include "node/office/office_data.h"
#include "node/office/status_view.h"
#include "node/office/time_row.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

/// What the directory says of a node that does not run.
Result<json::object> status_at_rest(DataDir const& dir) {
  SystemRandom random;
  SystemClock const clock;
  auto office = read_office(dir, random);
  if (!office) return office.error();
  NodeTime time(clock, {.build_date = build_date()}, load_time(office->connection));
  auto const now = time.now();
  auto const figures = [&] {
    db::Snapshot const one_view(office->connection);
    lists::EntryLists lists(office->connection, *office->vault, office->identity.unit);
    return figures_of(office->connection, lists, office->identity, now);
  }();
  auto view = status_view(office->identity, now, figures, {}, std::nullopt);
  view["running"] = false;
  return view;
}

Result<json::object> status_of(DataDir const& dir) {
  auto running = ask_node(dir, "/control/status");
  if (!running && running.error().code == "not_running") return status_at_rest(dir);
  if (running) (*running)["running"] = true;
  return running;
}

std::string text_at(json::object const& object, std::string_view key) {
  auto const& value = object.at(key);
  return value.is_string() ? std::string(value.get_string()) : "never";
}

void print_text(json::object const& status, Console const& console) {
  auto const& unit = status.at("unit").as_object();
  auto const& link = status.at("link").as_object();
  auto const& cases = status.at("assignments").as_object();
  fmt::print(console.out, "unit         {} ({})\n", text_at(unit, "name"), text_at(unit, "code"));
  fmt::print(console.out, "node         {}\n", status.at("running").as_bool() ? "runs" : "does not run");
  fmt::print(console.out, "link         {}, last exchange {}\n", text_at(link, "state"),
             text_at(link, "last_exchange_at"));
  if (auto const* error = link.at("last_error").if_object()) {
    fmt::print(console.out, "             {} ({})\n", text_at(error->at("sentence").as_object(), "en"),
               text_at(*error, "code"));
  }
  fmt::print(console.out, "undelivered  {}\n", json::value_to<std::int64_t>(status.at("undelivered").at("count")));
  fmt::print(console.out, "assignments  {} open, {} overdue, {} due today\n",
             json::value_to<std::int64_t>(cases.at("open")), json::value_to<std::int64_t>(cases.at("overdue")),
             json::value_to<std::int64_t>(cases.at("due_today")));
}

}  // namespace

int run_status(std::span<std::string const> args, Console const& console) {
  CommonOptions options;
  CLI::App app("How the node is.", "fieldnode status");
  describe_common(app, options);
  if (auto const over = parse_command_line(app, args, options, console)) return *over;
  auto const status = status_of(options.data_dir());
  if (!status) return print_failure(app, status.error(), options, console);
  options.json ? print_json_line(*status, console) : print_text(*status, console);
  return kExitDone;
}

}  // namespace fieldnode::office

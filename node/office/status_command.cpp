#include "node/office/status_command.h"

#include <fmt/format.h>

#include <boost/json/value_to.hpp>

#include "node/cli/call.h"
#include "node/db/transaction.h"
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
    return figures_of(office->connection, lists, office->identity.journal_epoch, now);
  }();
  auto const bundles = BundleRows(office->connection, office->identity.journal_epoch).news(figures.progress.covered);
  auto view = status_view(office->identity, now, figures, {}, std::nullopt, bundles);
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

std::string bundles_of(json::object const& status) {
  auto const& bundles = status.at("bundles").as_object();
  auto const* out = bundles.at("last_out").if_object();
  if (out == nullptr) return {};
  return fmt::format("on sticks    {} acts on their way, bundle {} made {}\n",
                     json::value_to<std::int64_t>(bundles.at("acts_on_the_way")),
                     json::value_to<std::int64_t>(out->at("number")), text_at(*out, "created_at"));
}

std::string revocation_of(json::object const& status) {
  auto const* revoked = status.at("revoked").if_object();
  if (revoked == nullptr) return {};
  return fmt::format(
      "REVOKED      told {}: this node gets nothing more. {} acts are handed over, set aside by the centre, "
      "not in force; {} wait to be handed over\n",
      text_at(*revoked, "told_at"), json::value_to<std::int64_t>(revoked->at("handed_over")),
      json::value_to<std::int64_t>(revoked->at("waiting")));
}

std::string text_of(json::object const& status) {
  auto const& unit = status.at("unit").as_object();
  auto const& link = status.at("link").as_object();
  auto const& cases = status.at("assignments").as_object();
  std::string error;
  if (auto const* last = link.at("last_error").if_object()) {
    error =
        fmt::format("             {} ({})\n", text_at(last->at("sentence").as_object(), "en"), text_at(*last, "code"));
  }
  return fmt::format(
      "unit         {} ({})\n"
      "fingerprint  {}\n"
      "node         {}\n"
      "link         {}, last exchange {}\n"
      "{}"
      "undelivered  {}\n"
      "{}"
      "{}"
      "assignments  {} open, {} overdue, {} due today\n",
      text_at(unit, "name"), text_at(unit, "code"), text_at(status, "fingerprint"),
      status.at("running").as_bool() ? "runs" : "does not run", text_at(link, "state"),
      text_at(link, "last_exchange_at"), error, json::value_to<std::int64_t>(status.at("undelivered").at("count")),
      bundles_of(status), revocation_of(status), json::value_to<std::int64_t>(cases.at("open")),
      json::value_to<std::int64_t>(cases.at("overdue")), json::value_to<std::int64_t>(cases.at("due_today")));
}

Result<void> run(cli::Call const& call) {
  auto const status = status_of(DataDir{call.text("--dir")});
  if (!status) return status.error();
  call.answer(*status, text_of(*status));
  return {};
}

}  // namespace

cli::Command status_command() {
  return {
      .name = "status",
      .summary = "how the node is",
      .options = {cli::data_directory("the node's data directory")},
      .run = run,
  };
}

}  // namespace fieldnode::office

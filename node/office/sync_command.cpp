#include "node/office/sync_command.h"

#include <fmt/format.h>

#include <boost/json/value_to.hpp>

#include "node/cli/call.h"
#include "node/office/centre_link.h"
#include "node/office/control_client.h"
#include "node/office/settings.h"
#include "node/office/user_answers.h"

namespace fieldnode::office {
namespace {

constexpr unsigned kRetriesMost = 2;

/// Exchanges until nothing is left, with the node's own hands.
Result<RoundReport> round_at_rest(DataDir const& dir) {
  SystemClock const clock;
  SystemRandom random;
  auto const settings = load_settings(dir.settings());
  if (!settings) return settings.error();
  auto const data = OfficeData::open(dir, clock, random);
  if (!data) return data.error();
  auto const link = CentreLink::make(**data);
  if (!link) return link.error();
  RoundReport report;
  for (unsigned barren = 0; barren <= kRetriesMost;) {
    auto const outcome =
        (*link)->exchanger().once((*link)->acts(), {.reply_budget_bytes = settings->reply_budget_bytes});
    if (!outcome) return outcome.error();
    ++report.exchanges;
    report.acts_sent += outcome->acts_sent;
    report.entries_received += outcome->entries_received;
    if (!outcome->more) return report;
    bool const moved = outcome->acts_sent + outcome->entries_received + outcome->entries_handed_back > 0;
    barren = moved ? 0 : barren + 1;
  }
  return refuse("no_progress", "The centre answers but takes in no acts; ask its operator.");
}

Result<boost::json::object> round_of(DataDir const& dir) {
  auto running = ask_node(dir, "/control/sync", {});
  if (running || running.error().code != "not_running") return running;
  return round_answer(round_at_rest(dir));
}

Result<void> run(cli::Call const& call) {
  auto const round = round_of(DataDir{call.text("--dir")});
  if (!round) return round.error();
  auto const count = [&round](char const* what) { return boost::json::value_to<std::uint64_t>(round->at(what)); };
  call.answer(*round, fmt::format("{} exchanges, {} acts sent, {} entries received\n", count("exchanges"),
                                  count("acts_sent"), count("entries_received")));
  return {};
}

}  // namespace

cli::Command sync_command() {
  return {
      .name = "sync",
      .summary = "exchange with the centre now",
      .options = {cli::data_directory("the node's data directory")},
      .run = run,
  };
}

}  // namespace fieldnode::office

#include "node/office/sync_command.h"

#include <fmt/ostream.h>

#include <boost/json/value_to.hpp>

#include "node/office/centre_link.h"
#include "node/office/command_line.h"
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
    barren = outcome->acts_sent + outcome->entries_received > 0 ? 0 : barren + 1;
  }
  return refuse("no_progress", "The centre answers but takes in no acts; ask its operator.");
}

Result<boost::json::object> round_of(DataDir const& dir) {
  auto running = ask_node(dir, "/control/sync", {});
  if (running || running.error().code != "not_running") return running;
  return round_answer(round_at_rest(dir));
}

}  // namespace

int run_sync(std::span<std::string const> args, Console const& console) {
  CommonOptions options;
  CLI::App app("Exchanges with the centre now.", "fieldnode sync");
  describe_common(app, options);
  if (auto const over = parse_command_line(app, args, options, console)) return *over;
  auto const round = round_of(options.data_dir());
  if (!round) {
    bool const usage = round.error().code == "not_enrolled" || round.error().code == "bad_settings";
    return print_failure(app, round.error(), options, console, usage ? kExitBadInput : kExitFailed);
  }
  if (options.json) {
    print_json_line(*round, console);
  } else {
    fmt::print(console.out, "{} exchanges, {} acts sent, {} entries received\n",
               boost::json::value_to<std::uint64_t>(round->at("exchanges")),
               boost::json::value_to<std::uint64_t>(round->at("acts_sent")),
               boost::json::value_to<std::uint64_t>(round->at("entries_received")));
  }
  return kExitDone;
}

}  // namespace fieldnode::office

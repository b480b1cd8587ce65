#include "node/office/serve_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/cli/call.h"
#include "node/cli/stop_signals.h"
#include "node/office/office_service.h"

namespace fieldnode::office {
namespace {

Result<OfficeSettings> settings_of(cli::Call const& call, DataDir const& dir) {
  auto settings = load_settings(dir.settings());
  if (!settings) return settings.error();
  if (call.has("--page")) {
    auto const page = parse_page_address(call.text("--page"));
    if (!page) return page.error();
    settings->page = *page;
  }
  if (call.has("--reply-budget")) settings->reply_budget_bytes = call.number("--reply-budget");
  return settings;
}

Result<void> run(cli::Call const& call) {
  cli::StopSignals const signals;
  SystemClock const clock;
  SystemRandom random;
  DataDir const dir{call.text("--dir")};
  auto const settings = settings_of(call, dir);
  if (!settings) return settings.error();
  auto const data = OfficeData::open(dir, clock, random);
  if (!data) return data.error();
  auto const service = OfficeService::start(**data, *settings, call.log());
  if (!service) return service.error();
  auto const page = (*service)->page();
  call.answer({{"ready", true}, {"page", page}}, fmt::format("ready page={}\n", page));
  signals.wait();
  return {};
}

}  // namespace

cli::Command serve_command() {
  return {
      .name = "serve",
      .summary = "the node at work: its page and its link to the centre",
      .options = {cli::data_directory("the node's data directory"),
                  {.name = "--page",
                   .value = "ADDRESS:PORT",
                   .text = "where the page is served; port 0: any free one",
                   .example = "127.0.0.1:8451"},
                  {.name = "--reply-budget",
                   .value = "BYTES",
                   .text = "how much one reply of the centre may bring",
                   .number = cli::NumberRange{.least = 1024, .most = 4 * 1024 * 1024}}},
      .run = run,
  };
}

}  // namespace fieldnode::office

#include "node/central/serve_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <charconv>

#include "node/central/centre.h"
#include "node/central/clock_option.h"
#include "node/central/service.h"
#include "node/cli/call.h"
#include "node/cli/stop_signals.h"

namespace fieldnode::central {
namespace {

/// Shape: "127.0.0.1:8440", "[::1]:8440"; port 0: the system picks one.
Result<net::Endpoint> endpoint_of(std::string_view text) {
  net::Endpoint endpoint;
  auto const colon = text.rfind(':');
  auto const address = text.substr(0, colon);
  auto const digits = colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
  auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
  if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || address.empty()) {
    return refuse("bad_address", fmt::format("\"{}\" is no address with a port; write it like 127.0.0.1:8440.", text));
  }
  bool const bracketed = address.front() == '[' && address.back() == ']';
  endpoint.address = bracketed ? address.substr(1, address.size() - 2) : address;
  return endpoint;
}

Result<ServiceOptions> options_of(cli::Call const& call) {
  auto const sync = endpoint_of(call.text("--sync"));
  if (!sync) return sync.error();
  auto const page = endpoint_of(call.text("--page"));
  if (!page) return page.error();
  ExchangeLimits limits;
  limits.reply_budget_bytes = static_cast<std::uint32_t>(call.number("--reply-budget"));
  return ServiceOptions{.sync = *sync, .page = *page, .limits = limits, .report = call.log()};
}

void say_ready(cli::Call const& call, Service const& service, ServiceOptions const& options) {
  auto const sync = fmt::format("https://{}:{}", options.sync.address, service.sync_port());
  auto const page = fmt::format("http://{}:{}", options.page.address, service.page_port());
  call.answer({{"ready", true}, {"sync", sync}, {"page", page}}, fmt::format("ready sync={} page={}\n", sync, page));
}

Result<void> run(cli::Call const& call) {
  auto const options = options_of(call);
  if (!options) return options.error();
  cli::StopSignals const signals;
  SystemClock const clock;
  KernelClockHealth const time_service;
  SystemRandom random;
  auto const watched = is_watched(call);
  if (!watched) return watched.error();
  auto const centre = Centre::open(CityPaths(call.text("--dir")), clock, random, *watched ? nullptr : &time_service);
  if (!centre) return centre.error();
  auto const service = Service::start(**centre, *options);
  if (!service) return service.error();
  say_ready(call, **service, *options);
  if (auto const doubt = (*centre)->clock_guard().doubt()) call.log()(doubt->sentence);
  signals.wait();
  (*service)->stop();
  return {};
}

}  // namespace

cli::Command serve_command() {
  return {
      .name = "serve",
      .summary = "serve nodes on the sync port and operators on the page",
      .options =
          {cli::data_directory("the city's data directory"),
           {.name = "--sync", .value = "HOST:PORT", .text = "address and port for nodes", .preset = "0.0.0.0:8440"},
           {.name = "--page", .value = "HOST:PORT", .text = "address and port of the page", .preset = "127.0.0.1:8441"},
           clock_option(),
           {.name = "--reply-budget",
            .value = "BYTES",
            .text = "entries in one reply at most",
            .preset = std::to_string(ExchangeLimits{}.reply_budget_bytes),
            .number = cli::NumberRange{.least = 1024, .most = 4 * 1024 * 1024}}},
      .run = run,
  };
}

}  // namespace fieldnode::central

#include "node/central/serve_command.h"

#include <fmt/ostream.h>

#include <boost/json.hpp>
#include <charconv>
#include <csignal>
#include <mutex>
#include <ostream>

#include "node/central/centre.h"
#include "node/central/command_line.h"
#include "node/central/service.h"

namespace fieldnode::central {
namespace {

struct ServeOptions {
  CommonOptions common;
  std::string sync{"0.0.0.0:8440"};
  std::string page{"127.0.0.1:8441"};
  ExchangeLimits limits;
};

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

/// SIGTERM and SIGINT, held back in this thread and those that it starts from here on.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  void wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
  }

 private:
  sigset_t signals_{};
};

void print_ready(Service const& service, ServeOptions const& options, ServiceOptions const& serving,
                 Console const& console) {
  auto const sync = fmt::format("https://{}:{}", serving.sync.address, service.sync_port());
  auto const page = fmt::format("http://{}:{}", serving.page.address, service.page_port());
  if (options.common.json) {
    boost::json::object const ready{{"ready", true}, {"sync", sync}, {"page", page}};
    fmt::print(console.out, "{}\n", boost::json::serialize(ready));
  } else {
    fmt::print(console.out, "ready sync={} page={}\n", sync, page);
  }
  console.out.flush();
}

Result<void> serve(ServeOptions const& options, Console const& console) {
  auto const sync = endpoint_of(options.sync);
  if (!sync) return sync.error();
  auto const page = endpoint_of(options.page);
  if (!page) return page.error();
  StopSignals const signals;
  SystemClock const clock;
  SystemRandom random;
  auto const centre = Centre::open(CityPaths(options.common.directory), clock, random);
  if (!centre) return centre.error();
  std::mutex writing;
  ServiceOptions const serving{
      .sync = *sync, .page = *page, .limits = options.limits, .report = [&](std::string_view what) {
        std::lock_guard const lock(writing);
        fmt::print(console.err, "{}\n", what);
      }};
  auto const service = Service::start(**centre, serving);
  if (!service) return service.error();
  print_ready(**service, options, serving, console);
  signals.wait();
  (*service)->stop();
  return {};
}

}  // namespace

int run_serve(std::span<std::string const> args, Console const& console) {
  ServeOptions options;
  CLI::App app("serves the city: nodes on the sync port, operators on the page", "fieldnode-central serve");
  add_common_options(app, options.common);
  app.add_option("--sync", options.sync, "address and port for nodes")->type_name("HOST:PORT")->capture_default_str();
  app.add_option("--page", options.page, "address and port of the page")->type_name("HOST:PORT")->capture_default_str();
  app.add_option("--reply-budget", options.limits.reply_budget_bytes, "bytes of entries in one reply at most")
      ->capture_default_str()
      ->check(CLI::Range(1024, 4 * 1024 * 1024));
  if (auto const end = parse_arguments(app, args, options.common.json, console)) return *end;
  auto const served = serve(options, console);
  return served ? kExitDone : print_refusal(served.error(), options.common.json, console);
}

}  // namespace fieldnode::central

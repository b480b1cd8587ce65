#include "node/office/serve_command.h"

#include <fmt/ostream.h>
#include <signal.h>

#include <iostream>
#include <mutex>

#include "node/office/command_line.h"
#include "node/office/office_service.h"

namespace fieldnode::office {
namespace {

struct ServeOptions : CommonOptions {
  std::string page;
  std::size_t reply_budget_bytes{};
};

/// SIGTERM and SIGINT wait here instead of ending the program; threads that are started later inherit that.
class StopSignals {
 public:
  StopSignals() {
    ::sigemptyset(&signals_);
    ::sigaddset(&signals_, SIGTERM);
    ::sigaddset(&signals_, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
  }
  void wait() const {
    int signal = 0;
    while (::sigwait(&signals_, &signal) != 0) {
    }
  }

 private:
  ::sigset_t signals_{};
};

Result<OfficeSettings> settings_of(ServeOptions const& options) {
  auto settings = load_settings(options.data_dir().settings());
  if (!settings) return settings.error();
  if (!options.page.empty()) {
    auto const page = parse_page_address(options.page);
    if (!page) return page.error();
    settings->page = *page;
  }
  if (options.reply_budget_bytes != 0) settings->reply_budget_bytes = options.reply_budget_bytes;
  return settings;
}

/// Faults inside handlers go to the log, one line each.
net::FaultReport fault_log(std::ostream& err) {
  return [&err, mutex = std::make_shared<std::mutex>()](std::string_view fault) {
    std::lock_guard const lock(*mutex);
    fmt::print(err, "fieldnode serve: {}\n", fault);
  };
}

void print_ready(OfficeService const& service, ServeOptions const& options, Console const& console) {
  if (options.json) {
    print_json_line({{"page", service.page()}}, console);
  } else {
    fmt::print(console.out, "ready page={}\n", service.page());
  }
  console.out.flush();
}

}  // namespace

int run_serve(std::span<std::string const> args, Console const& console) {
  ServeOptions options;
  CLI::App app("The node at work: its page and its link to the centre.", "fieldnode serve");
  describe_common(app, options);
  app.add_option("--page", options.page, "where the page is served, like 127.0.0.1:8451; port 0: any free one")
      ->type_name("ADDRESS:PORT");
  app.add_option("--reply-budget", options.reply_budget_bytes, "how much one reply of the centre may bring")
      ->type_name("BYTES")
      ->check(CLI::Range(1024, 4 * 1024 * 1024));
  if (auto const over = parse_command_line(app, args, options, console)) return *over;

  StopSignals const signals;
  SystemClock const clock;
  SystemRandom random;
  auto const settings = settings_of(options);
  if (!settings) return print_failure(app, settings.error(), options, console);
  auto const data = OfficeData::open(options.data_dir(), clock, random);
  if (!data) return print_failure(app, data.error(), options, console);
  auto const service = OfficeService::start(**data, *settings, fault_log(console.err));
  if (!service) return print_failure(app, service.error(), options, console);
  print_ready(**service, options, console);
  signals.wait();
  return kExitDone;
}

}  // namespace fieldnode::office

#include "node/cli/stop_signals.h"

namespace fieldnode::cli {

StopSignals::StopSignals() {
  ::sigemptyset(&signals_);
  ::sigaddset(&signals_, SIGTERM);
  ::sigaddset(&signals_, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

void StopSignals::wait() const {
  int signal = 0;
  while (::sigwait(&signals_, &signal) != 0) {
  }
}

}  // namespace fieldnode::cli

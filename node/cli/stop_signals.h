#pragma once

#include <signal.h>

namespace fieldnode::cli {

/// SIGTERM and SIGINT wait here instead of ending the program; threads that are started later inherit that. A reader or
/// peer that has gone is an error of one write, no end either.
/// Thread: made on the first one, before any other is started.
class StopSignals {
 public:
  StopSignals();
  /// Returns when one of them has come.
  void wait() const;

 private:
  ::sigset_t signals_{};
};

}  // namespace fieldnode::cli

#pragma once

#include "sync/base/random.h"
#include "sync/base/time.h"

namespace fieldnode::engine {

/// When to try again. Units: milliseconds. Source: design 4, back pressure.
struct PaceLimits {
  Milliseconds first{5'000};
  Milliseconds most{15 * 60'000};
};

/// Jittered back-off: doubles from `first` to `most` with each failure, draws between half and the whole of it;
/// a success or a nudge starts over.
class Pace {
 public:
  Pace(Random& random, PaceLimits limits);
  void succeeded() { failures_ = 0; }
  void nudged() { failures_ = 0; }
  /// The pause after a failure; never shorter than what the centre asked for.
  [[nodiscard]] Milliseconds failed(Milliseconds asked_for);
  [[nodiscard]] unsigned failures() const { return failures_; }

 private:
  Random& random_;
  PaceLimits limits_;
  unsigned failures_{0};
};

}  // namespace fieldnode::engine

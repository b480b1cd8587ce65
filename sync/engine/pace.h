#pragma once

#include "sync/base/random.h"
#include "sync/base/time.h"

namespace fieldnode::engine {

/// When to try again. Units: milliseconds. Source: design 4, back pressure.
struct PaceLimits {
  Milliseconds first{5'000};
  Milliseconds most{15 * 60'000};
  Milliseconds broken{500};  ///< a line that worked a moment ago is tried again within this, once
};

/// Jittered back-off: doubles from `first` to `most` with each failure, draws between half and the whole of it;
/// a success or a nudge starts over. What the centre asks for comes before the drawn time and not in place of it: all
/// whom it sends away at one moment would return at one moment.
class Pace {
 public:
  Pace(Random& random, PaceLimits limits);
  void succeeded() { failures_ = 0; }
  void nudged() { failures_ = 0; }
  /// The pause after a failure; never shorter than what the centre asked for.
  [[nodiscard]] Milliseconds failed(Milliseconds asked_for);
  /// The pause after a connection broke on which something had gone through.
  [[nodiscard]] Milliseconds broke();
  [[nodiscard]] unsigned failures() const { return failures_; }

 private:
  Random& random_;
  PaceLimits limits_;
  unsigned failures_{0};
};

}  // namespace fieldnode::engine

#include "sync/engine/pace.h"

#include <algorithm>

namespace fieldnode::engine {

Pace::Pace(Random& random, PaceLimits limits) : random_(random), limits_(limits) {}

Milliseconds Pace::failed(Milliseconds asked_for) {
  static constexpr unsigned kMostDoublings = 16;
  Milliseconds const doubled = limits_.first * (1LL << std::min(failures_, kMostDoublings));
  auto const whole = std::min(limits_.most, doubled);
  ++failures_;
  auto const half = static_cast<std::uint64_t>(whole.count()) / 2;
  auto const drawn = Milliseconds(static_cast<std::int64_t>(half + random_.below(half + 1)));
  return asked_for + drawn;
}

Milliseconds Pace::broke() {
  if (failures_ > 0) return failed(Milliseconds(0));
  ++failures_;
  return Milliseconds(static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(limits_.broken.count()) + 1)));
}

}  // namespace fieldnode::engine

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sync/base/clock.h"
#include "sync/rules/entry.h"
#include "sync/wire/exchange.h"

namespace fieldnode::engine {

/// A moment of central time bound to this boot's monotonic clock: at `since_boot` true time was sent_at + [0, radius].
struct Anchor {
  std::uint64_t id{};
  UtcTime sent_at{};
  Milliseconds radius{};
  std::string boot_id;
  Milliseconds since_boot{};
};

/// What must survive a restart.
struct TimeState {
  UtcTime floor{};
  std::optional<Anchor> anchor;
};

/// How the clock is bounded. Units: parts per million. Source: design 5.
struct TimeBounds {
  std::uint32_t drift_ppm{1000};
  UtcTime build_date{};  ///< true time is certainly not before it
};

/// Time without a trustworthy clock: an interval for true time from the last anchor and the boot-time clock.
/// The wall clock never narrows the interval; it gives the estimate when nothing better is there.
/// Thread: not safe; the owner serialises. Source: design 5, PROTOCOL "Time".
class TrustedTime {
 public:
  TrustedTime(Clock const& clock, TimeBounds bounds, TimeState state);

  /// The interval, its class and estimate at this moment. Raises the floor.
  [[nodiscard]] rules::TimeEvidence now();
  /// Binds a verified receipt's time to the monotonic clock. `asked_at`, `answered_at`: boot time of sending the
  /// request and of having the reply. A receipt without times, of another boot, or one that would widen is no anchor.
  void observe(wire::Receipt const& receipt, Milliseconds asked_at, Milliseconds answered_at);
  /// To be persisted with every commit and each minute.
  [[nodiscard]] TimeState const& state() const { return state_; }

 private:
  [[nodiscard]] bool anchored_in_this_boot() const;

  Clock const& clock_;
  TimeBounds bounds_;
  TimeState state_;
};

}  // namespace fieldnode::engine

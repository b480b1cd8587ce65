#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sync/base/clock.h"
#include "sync/rules/entry.h"
#include "sync/wire/exchange.h"

namespace fieldnode::engine {

/// A point of one boot's monotonic clock.
struct BootMoment {
  std::string boot_id;
  Milliseconds since_boot{};
  friend bool operator==(BootMoment const&, BootMoment const&) = default;
};

/// A moment of central time bound to the monotonic clock: at `bound_at`, true time was in [earliest, latest].
/// `id` names the receipt whose time it is.
struct Anchor {
  std::uint64_t id{};
  UtcTime earliest{};
  UtcTime latest{};
  BootMoment bound_at;
  friend bool operator==(Anchor const&, Anchor const&) = default;
};

/// What must survive a restart: true time was not before `floor` when `floor_at` was read, and the last anchor.
struct TimeState {
  UtcTime floor{};
  BootMoment floor_at;
  std::optional<Anchor> anchor;
  friend bool operator==(TimeState const&, TimeState const&) = default;
};

/// How the clock is bounded. Units: parts per million. Source: design 5.
struct TimeBounds {
  std::uint32_t drift_ppm{1000};
  UtcTime build_date{};  ///< true time is certainly not before it
};

/// Time without a trustworthy clock: an interval for true time from the last anchor and the boot-time clock.
/// The wall clock never narrows the interval; where nothing better is there it gives the estimate.
/// Thread: not safe; the owner serialises. Source: design 5, PROTOCOL "Time".
class TrustedTime {
 public:
  TrustedTime(Clock const& clock, TimeBounds bounds, TimeState state);

  /// The interval, its class and estimate at this moment. Raises the floor.
  [[nodiscard]] rules::TimeEvidence now();
  /// Binds a verified receipt's times to the monotonic clock; a receipt without times changes nothing.
  /// `asked`, `answered`: boot time when the request left and when the reply was there. What was known before is
  /// carried forward and intersected; if both contradict each other the receipt counts.
  void observe(wire::Receipt const& receipt, Milliseconds asked, Milliseconds answered);
  /// To be persisted with every commit and once a minute.
  [[nodiscard]] TimeState const& state() const { return state_; }

 private:
  [[nodiscard]] bool anchored_in(std::string const& boot_id) const;
  [[nodiscard]] Milliseconds drift_over(Milliseconds elapsed) const;
  [[nodiscard]] UtcTime floor_at(BootMoment const& here) const;
  [[nodiscard]] TimeInterval interval_at(BootMoment const& here) const;
  void raise_floor(UtcTime earliest, BootMoment const& here);

  Clock const* clock_;
  TimeBounds bounds_;
  TimeState state_;
};

}  // namespace fieldnode::engine

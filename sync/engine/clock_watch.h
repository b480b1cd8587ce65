#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/base/clock.h"
#include "sync/rules/words.h"

namespace fieldnode::engine {

/// All of a machine's clocks at one moment.
struct ClockReading {
  std::string boot_id;  ///< empty: nothing was read yet
  Milliseconds since_boot{};
  Milliseconds awake{};
  UtcTime wall{};
  friend bool operator==(ClockReading const&, ClockReading const&) = default;
};

/// Reads them as close together as the machine lets it: a thread that is held up between two of them would see a step.
[[nodiscard]] ClockReading read_clocks(Clock const& clock);

/// When a request left and when its reply was there. All clocks are read when it leaves: a machine that stands still or
/// sleeps meanwhile does not know by its boot clock how long the reply was on its way. Units: `answered` by that clock.
struct RoundTrip {
  ClockReading asked;
  Milliseconds answered{};
};

/// Something that a machine's clocks did and that must be told. Units: milliseconds; of a wall step signed (forward:
/// positive), of a suspend its length, of an unsound clock how far it was off.
struct ClockFinding {
  rules::AnomalyKind what{};
  Milliseconds by{};
  std::uint64_t anchor{};  ///< kClockUnsound: what rests on this anchor is unsound
  friend bool operator==(ClockFinding const&, ClockFinding const&) = default;
};

/// What two readings say of the time between them.
struct ClockChange {
  std::vector<ClockFinding> findings;
  /// True time that may have passed while the boot clock stood still. A pause of a virtual machine is seen only in that
  /// the wall clock, which the host sets right afterwards, runs ahead of the boot clock; so does a wall clock that
  /// somebody sets, and both look alike.
  Milliseconds unseen{};
  /// As late as that it may be where a step shows less than the pause: the host sets a clock right that was wrong
  /// before, so that one hour ahead swallows an hour of standing still. Only where a step was told.
  std::optional<UtcTime> set_right;
  /// How far the boot clock may be off for having slept: a real-time clock counts sleep in whole seconds.
  Milliseconds slept_slack{};
};

/// Compares the clocks with themselves. The kernel steers wall clock and boot clock at one rate, so whatever moves one
/// against the other is a step.
[[nodiscard]] ClockChange compare(ClockReading const& before, ClockReading const& now);

/// How much less, and how much more, true time may have passed than a boot clock with that drift shows. Rounded up. A
/// clock slow by d shows 1 - d of true time, hence the second. `elapsed` may be negative: a moment before.
[[nodiscard]] Milliseconds drift_below(Milliseconds elapsed, std::uint32_t drift_ppm);
[[nodiscard]] Milliseconds drift_above(Milliseconds elapsed, std::uint32_t drift_ppm);

}  // namespace fieldnode::engine

#include "sync/engine/clock_watch.h"

#include <algorithm>

namespace fieldnode::engine {
namespace {

using namespace std::chrono_literals;

/// Two clocks are not read in the same instant.
constexpr Milliseconds kJitter = 20ms;
constexpr int kReadingsMost = 8;
/// A smaller step is a time service at work; it widens the interval but need not be told.
constexpr Milliseconds kStepTold = 2s;
/// The kernel's awake clock and boot clock differ by less without any sleep.
constexpr Milliseconds kSleepTold = 1s;
/// Before and after a sleep the real-time clock is read in whole seconds.
constexpr Milliseconds kSleepSlack = 2s;
/// So it is by a host that sets the clock of a machine that stood still.
constexpr Milliseconds kSetGrain = 2s;

std::int64_t divided_up(std::int64_t number, std::int64_t by) { return (number + by - 1) / by; }

/// d of the length, or d / (1 - d) where the length is what a slow clock shows.
Milliseconds share(Milliseconds length, std::uint32_t drift_ppm, bool shown_by_slow_clock) {
  std::int64_t const whole = 1'000'000;
  std::int64_t const ppm = drift_ppm;
  return Milliseconds(divided_up(length.count() * ppm, shown_by_slow_clock ? whole - ppm : whole));
}

}  // namespace

Milliseconds drift_below(Milliseconds elapsed, std::uint32_t drift_ppm) {
  return share(std::chrono::abs(elapsed), drift_ppm, elapsed.count() < 0);
}

Milliseconds drift_above(Milliseconds elapsed, std::uint32_t drift_ppm) {
  return share(std::chrono::abs(elapsed), drift_ppm, elapsed.count() > 0);
}

ClockReading read_clocks(Clock const& clock) {
  ClockReading best;
  auto best_span = Milliseconds::max();
  for (int i = 0; i < kReadingsMost && best_span >= kJitter / 4; ++i) {
    ClockReading const reading{clock.boot_id(), clock.since_boot(), clock.awake(), clock.wall()};
    auto const span = clock.since_boot() - reading.since_boot;
    if (span < best_span) best = reading;
    best_span = std::min(best_span, span);
  }
  return best;
}

ClockChange compare(ClockReading const& before, ClockReading const& now) {
  ClockChange change;
  if (before.boot_id.empty()) return change;
  if (before.boot_id != now.boot_id) {
    change.findings.push_back({rules::AnomalyKind::kReboot, {}, {}});
    return change;
  }
  auto const elapsed = std::max(0ms, now.since_boot - before.since_boot);
  auto const asleep = elapsed - (now.awake - before.awake);
  if (asleep >= kSleepTold) {
    change.findings.push_back({rules::AnomalyKind::kSuspend, asleep, {}});
    change.slept_slack = kSleepSlack;
  }
  Milliseconds const moved = (now.wall - before.wall) - elapsed;
  if (moved > kJitter) change.unseen = moved;
  if (std::max(moved, -moved) >= kStepTold) {
    change.findings.push_back({rules::AnomalyKind::kWallStep, moved, {}});
    if (moved > 0ms) change.unseen += kSetGrain;
    change.set_right = now.wall + kSetGrain;
  }
  return change;
}

}  // namespace fieldnode::engine

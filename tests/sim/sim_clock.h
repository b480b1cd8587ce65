#pragma once

#include <string>

#include "sync/base/clock.h"
#include "tests/sim/timeline.h"

namespace fieldnode::sim {

/// A machine's clocks: what it believes of the timeline. Read at any moment, they have run on by themselves.
class SimClock final : public Clock {
 public:
  /// Units: `drift_ppm` how much too fast the quartz runs; may be negative.
  SimClock(Timeline const& timeline, std::string machine, int drift_ppm);

  [[nodiscard]] UtcTime wall() const override;
  [[nodiscard]] Milliseconds since_boot() const override;
  [[nodiscard]] Milliseconds awake() const override;
  [[nodiscard]] std::string boot_id() const override;

  void step_wall(Milliseconds by) { wall_ += by; }
  void set_wall(UtcTime wall);
  void set_drift(int drift_ppm);
  /// The machine sleeps: its boot clock is carried on by a real-time clock of whole seconds, hence `error` at waking.
  void fall_asleep();
  void wake(Milliseconds error);
  /// A virtual machine stands still. Its host carries its wall clock on, or sets it right: `behind` the truth where it
  /// does so in whole seconds.
  void stand_still();
  void go_on();
  void go_on_set_right(Milliseconds behind);
  /// A new boot; the real-time clock shows `wall`.
  void boot(UtcTime wall);

 private:
  enum class Pace { kRuns, kSleeps, kStands };

  [[nodiscard]] Milliseconds elapsed() const;
  /// Brings the counters to this moment, before the pace changes.
  void fold();

  Timeline const& timeline_;
  std::string machine_;
  std::int64_t drift_ppm_;
  Pace pace_{Pace::kRuns};
  std::uint64_t boots_{1};
  UtcTime folded_at_;
  UtcTime wall_;
  Milliseconds since_boot_{5'000};
  Milliseconds awake_{5'000};
};

}  // namespace fieldnode::sim

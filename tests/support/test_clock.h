#pragma once

#include <string>

#include "sync/base/clock.h"

namespace fieldnode::test {

/// A machine's clocks under the test's hand. True time is kept apart from what the machine believes.
class TestClock final : public Clock {
 public:
  explicit TestClock(UtcTime start) : truth_(start), wall_(start) {}

  [[nodiscard]] UtcTime wall() const override { return wall_; }
  [[nodiscard]] Milliseconds since_boot() const override { return since_boot_; }
  [[nodiscard]] Milliseconds awake() const override { return awake_; }
  [[nodiscard]] std::string boot_id() const override { return "boot-" + std::to_string(boots_); }

  [[nodiscard]] UtcTime truth() const { return truth_; }

  /// True time goes on; the boot clock follows with `drift_ppm`, the wall clock with it.
  void advance(Milliseconds by, int drift_ppm = 0) {
    auto const seen = by + Milliseconds(by.count() * drift_ppm / 1'000'000);
    truth_ += by;
    wall_ += seen;
    since_boot_ += seen;
    awake_ += seen;
  }
  /// The machine sleeps for `by`; its real-time clock counts `seen` of it.
  void suspend(Milliseconds by, Milliseconds seen) {
    truth_ += by;
    wall_ += seen;
    since_boot_ += seen;
  }
  /// A virtual machine stands still for `by`: its own clocks do not notice, and its host carries its wall clock on.
  void pause(Milliseconds by) {
    truth_ += by;
    wall_ += by;
  }
  /// The same, but the host sets the wall clock right, whatever it showed before; `behind` by a clock of whole seconds.
  void pause_and_set_right(Milliseconds by, Milliseconds behind) {
    truth_ += by;
    wall_ = truth_ - behind;
  }
  void set_wall(UtcTime wall) { wall_ = wall; }
  /// The power is off for `off`; afterwards the wall clock shows `wall`.
  void reboot(Milliseconds off, UtcTime wall) {
    truth_ += off;
    wall_ = wall;
    since_boot_ = awake_ = Milliseconds(0);
    ++boots_;
  }

 private:
  UtcTime truth_;
  UtcTime wall_;
  Milliseconds since_boot_{1000};
  Milliseconds awake_{1000};
  int boots_{1};
};

}  // namespace fieldnode::test

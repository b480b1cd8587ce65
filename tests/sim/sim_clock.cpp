#include "tests/sim/sim_clock.h"

namespace fieldnode::sim {

SimClock::SimClock(Timeline const& timeline, std::string machine, int drift_ppm)
    : timeline_(timeline),
      machine_(std::move(machine)),
      drift_ppm_(drift_ppm),
      folded_at_(timeline.truth()),
      wall_(timeline.truth()) {}

UtcTime SimClock::wall() const { return wall_ + elapsed(); }

Milliseconds SimClock::since_boot() const { return pace_ == Pace::kStands ? since_boot_ : since_boot_ + elapsed(); }

Milliseconds SimClock::awake() const { return pace_ == Pace::kRuns ? awake_ + elapsed() : awake_; }

std::string SimClock::boot_id() const { return machine_ + "-boot-" + std::to_string(boots_); }

void SimClock::set_wall(UtcTime wall) {
  fold();
  wall_ = wall;
}

void SimClock::set_drift(int drift_ppm) {
  fold();
  drift_ppm_ = drift_ppm;
}

void SimClock::fall_asleep() {
  fold();
  pace_ = Pace::kSleeps;
}

void SimClock::wake(Milliseconds error) {
  fold();
  pace_ = Pace::kRuns;
  since_boot_ += error;
  wall_ += error;
}

void SimClock::stand_still() {
  fold();
  pace_ = Pace::kStands;
}

void SimClock::go_on() {
  fold();
  pace_ = Pace::kRuns;
}

void SimClock::go_on_set_right(Milliseconds behind) {
  go_on();
  wall_ = timeline_.truth() - behind;
}

void SimClock::boot(UtcTime wall) {
  fold();
  pace_ = Pace::kRuns;
  ++boots_;
  wall_ = wall;
  since_boot_ = awake_ = Milliseconds(5'000);
}

Milliseconds SimClock::elapsed() const {
  auto const truth = timeline_.truth() - folded_at_;
  return truth + Milliseconds(truth.count() * drift_ppm_ / 1'000'000);
}

void SimClock::fold() {
  auto const wall_now = wall();
  auto const boot_now = since_boot();
  auto const awake_now = awake();
  wall_ = wall_now;
  since_boot_ = boot_now;
  awake_ = awake_now;
  folded_at_ = timeline_.truth();
}

}  // namespace fieldnode::sim

#include "tests/sim/centre_life.h"

#include <fmt/format.h>

namespace fieldnode::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::array kMishaps{Fault::kCentreKilled,     Fault::kCentrePowerCut,     Fault::kCentreDiskFails,
                              Fault::kCentreDown,       Fault::kCentreClockJump,    Fault::kCentreClockUnvouched,
                              Fault::kCentreClockWrong, Fault::kRulesPublishedLate, Fault::kCentreRestored};

}  // namespace

CentreLife::CentreLife(City& city, std::uint64_t seed)
    : city_(city),
      chance_(stream_of(seed, 21)),
      fault_chance_(stream_of(seed, 22)),
      operators_(chance_, fault_chance_, city.faults, city.oracle, city.trace) {}

void CentreLife::begin() {
  for (int i = 0; i < 3; ++i) operators_.dispatch(city_.centre);
  plan_intake();
  plan_decision();
  plan_beat();
  plan_mishap();
  if (city_.faults.is_on(Fault::kCentreRestored)) plan_backup();
}

void CentreLife::plan_intake() {
  auto const pause = is_day() ? between(chance_, 600, 7200) : between(chance_, 3600, 6 * 3600);
  city_.timeline.after(pause / static_cast<std::int64_t>(units_.size()), [this] {
    if (city_.faults.stopped()) return;
    guarded([&] { operators_.dispatch(city_.centre); });
    plan_intake();
  });
}

void CentreLife::plan_decision() {
  auto const pause = is_day() ? between(chance_, 600, 3600) : between(chance_, 3600, 6 * 3600);
  city_.timeline.after(pause / static_cast<std::int64_t>(units_.size()), [this] {
    if (city_.faults.stopped()) return;
    guarded([&] { operators_.decide(city_.centre); });
    plan_decision();
  });
}

void CentreLife::plan_beat() {
  city_.timeline.after(10min, [this] {
    guarded([&] { city_.centre.beat(); });
    plan_beat();
  });
}

void CentreLife::plan_mishap() {
  city_.timeline.after(std::chrono::hours(3 + fault_chance_.below(24)), [this] {
    if (city_.faults.stopped()) return;
    mishap();
    plan_mishap();
  });
}

void CentreLife::mishap() {
  if (!city_.centre.runs() || restarts_ || clock_is_off_ || wrong_) return;
  auto const fault = city_.faults.draw(kMishaps, fault_chance_);
  // With a backup of before an enrolment the office has to be enrolled once more, and its node's data stays behind.
  bool const is_of_use = !backup_.empty() && enrolled_ == city_.centre.enrolments();
  if (!fault || (fault == Fault::kCentreRestored && !is_of_use)) return;
  city_.faults.note(*fault);
  say(name_of(*fault));
  befall(*fault);
}

void CentreLife::befall(Fault fault) {
  switch (fault) {
    case Fault::kCentreKilled:
    case Fault::kCentrePowerCut:
      return fall(fault, between(fault_chance_, 5, 1800));
    case Fault::kCentreDown:
      return fall(fault, between(fault_chance_, 600, 6 * 3600));
    case Fault::kCentreDiskFails:
      return fault_chance_.below(2) == 0 ? city_.centre.disk().fill(fault_chance_.below(64 * 1024))
                                         : city_.centre.disk().fail_next(DiskCall::kSync);
    case Fault::kCentreRestored:
      return put_back();
    case Fault::kRulesPublishedLate:
      return guarded([&] { operators_.publish_rules(city_.centre); });
    default:
      return befall_clock(fault);
  }
}

void CentreLife::plan_backup() {
  city_.timeline.after(std::chrono::hours(12 + fault_chance_.below(36)), [this] {
    if (city_.faults.stopped()) return;
    auto& centre = city_.centre;
    if (centre.runs() && !centre.in_safe_mode()) {
      backup_ = centre.disk().image();
      enrolled_ = centre.enrolments();
    }
    plan_backup();
  });
}

void CentreLife::put_back() {
  restarts_ = true;
  city_.centre.cut_power();
  city_.timeline.after(between(fault_chance_, 1800, 6 * 3600), [this] {
    restarts_ = false;
    if (city_.centre.runs()) return;  // the faults have stopped meanwhile: the old disk was good
    auto const restored = city_.centre.restore(backup_);
    say(restored ? "is restored from a backup" : "is not restored: " + restored.error().code);
    if (restored) city_.oracle.put_back(city_.centre, units_);
  });
}

void CentreLife::befall_clock(Fault fault) {
  auto& centre = city_.centre;
  if (fault == Fault::kCentreClockWrong) return sign_wrong_times();
  clock_is_off_ = true;
  centre.time_service().vouch(false);
  auto const step = (fault_chance_.below(2) == 0 ? 1 : -1) * between(fault_chance_, 3, 3600);
  if (fault == Fault::kCentreClockJump) centre.clock().step_wall(step);
  city_.timeline.after(between(fault_chance_, 600, 4 * 3600), [this] {
    city_.centre.clock().set_wall(city_.timeline.truth());
    city_.centre.time_service().vouch(true);
    clock_is_off_ = false;
  });
}

/// Booted with a wrong clock that a wrong time service vouches for: nothing on the machine can know.
void CentreLife::sign_wrong_times() {
  auto& centre = city_.centre;
  centre.stop();
  auto const ahead = between(fault_chance_, 60, 2 * 3600);
  centre.clock().boot(city_.timeline.truth() + ahead);
  for (auto const unit : units_) city_.oracle.excuse(unit);
  wrong_ = central::SignedSpan{.from = city_.timeline.truth() + ahead, .until = {}};
  start();
  city_.timeline.after(between(fault_chance_, 600, 3 * 3600), [this] { take_wrong_times_back(); });
}

void CentreLife::take_wrong_times_back() {
  if (!wrong_ || wrong_->until != UtcTime{}) return;
  auto& centre = city_.centre;
  wrong_->until = centre.clock().wall() + 1s;
  centre.clock().set_wall(city_.timeline.truth());
  guarded([&] {
    auto const now = centre.clock().wall();
    auto const proposal = centre.time_corrections().propose(StaffId{1}, *wrong_, "时钟错误", now);
    if (proposal) (void)centre.time_corrections().rule(StaffId{2}, proposal->id, true, now);
    say("takes wrong times back");
  });
}

void CentreLife::fall(Fault fault, Milliseconds off) {
  auto& centre = city_.centre;
  restarts_ = true;
  bool const loses_power = fault == Fault::kCentrePowerCut;
  if (fault == Fault::kCentreKilled) centre.kill();
  if (loses_power) centre.cut_power();
  if (fault == Fault::kCentreDown) centre.stop();
  city_.timeline.after(off, [this, loses_power] {
    if (loses_power && city_.centre.disk().is_off()) city_.centre.reboot(static_cast<LossMode>(fault_chance_.below(3)));
    start();
  });
}

void CentreLife::start() {
  restarts_ = false;
  if (city_.centre.runs()) return;
  auto const started = city_.centre.start();
  say(started ? "starts" : "does not start: " + started.error().code);
  if (!started) return;
  guarded([&] { city_.centre.beat(); });
}

void CentreLife::guarded(std::function<void()> const& work) {
  auto& centre = city_.centre;
  if (!centre.runs()) return;
  try {
    work();
  } catch (BrokenWorld const& broken) {
    say(std::string("broken world: ") + broken.what());
  }
  if (!centre.in_safe_mode() || restarts_) return;
  restarts_ = true;
  city_.timeline.after(between(fault_chance_, 600, 3600), [this] {
    city_.centre.disk().mend();
    city_.centre.disk().make_room();
    if (city_.centre.runs()) city_.centre.kill();
    start();
  });
}

void CentreLife::heal() {
  auto& centre = city_.centre;
  centre.disk().mend();
  centre.disk().make_room();
  if (wrong_) take_wrong_times_back();
  if (centre.runs() && centre.in_safe_mode()) centre.kill();
  if (centre.disk().is_off()) centre.reboot(LossMode::kTear);
  centre.clock().set_wall(city_.timeline.truth());
  centre.time_service().vouch(true);
  start();
}

Milliseconds CentreLife::between(Random& chance, std::int64_t least_s, std::int64_t most_s) {
  auto const span = static_cast<std::uint64_t>((most_s - least_s) * 1000);
  return Milliseconds(least_s * 1000 + static_cast<std::int64_t>(chance.below(span + 1)));
}

bool CentreLife::is_day() const {
  auto const china = city_.timeline.truth() + 8h;
  auto const hour = (china - std::chrono::floor<std::chrono::days>(china)) / 1h;
  return hour >= 8 && hour < 18;
}

void CentreLife::say(std::string_view what) {
  city_.trace.say(city_.timeline.truth(), fmt::format("centre: {}", what));
}

}  // namespace fieldnode::sim

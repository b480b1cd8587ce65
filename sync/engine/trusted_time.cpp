#include "sync/engine/trusted_time.h"

#include <algorithm>

namespace fieldnode::engine {

TrustedTime::TrustedTime(Clock const& clock, TimeBounds bounds, TimeState state)
    : clock_(&clock), bounds_(bounds), state_(std::move(state)) {}

rules::TimeEvidence TrustedTime::now() {
  BootMoment const here{clock_->boot_id(), clock_->since_boot()};
  TimeInterval const interval = interval_at(here);
  raise_floor(interval.earliest, here);
  if (interval.latest) {
    auto const middle = interval.earliest + (*interval.latest - interval.earliest) / 2;
    return {rules::ClockClass::kAnchored, interval, middle, state_.anchor->id};
  }
  std::uint64_t const anchor = state_.anchor ? state_.anchor->id : 0;
  UtcTime const wall = clock_->wall();
  // A wall clock below the floor is certainly wrong; above it, it may be right and nothing else is known.
  if (wall >= interval.earliest) return {rules::ClockClass::kCarried, interval, wall, anchor};
  return {rules::ClockClass::kFloor, interval, interval.earliest, anchor};
}

void TrustedTime::observe(wire::Receipt const& receipt, Milliseconds asked, Milliseconds answered) {
  if (!receipt.sent_at || !receipt.received_at || answered < asked) return;
  BootMoment const here{clock_->boot_id(), answered};
  // The reply travelled for at most the round trip without the time that the centre held the request.
  auto const round_trip = answered - asked;
  auto const held = std::max(Milliseconds(0), *receipt.sent_at - *receipt.received_at);
  auto const radius = std::max(Milliseconds(1), round_trip + drift_over(round_trip) - held);

  Anchor fresh{wire::anchor_id(receipt), *receipt.sent_at, *receipt.sent_at + radius, here};
  TimeInterval const known = interval_at(here);
  auto const earliest = std::max(fresh.earliest, known.earliest);
  auto const latest = known.latest ? std::min(fresh.latest, *known.latest) : fresh.latest;
  if (earliest <= latest) {
    fresh.earliest = earliest;
    fresh.latest = latest;
  }
  state_.anchor = fresh;
  raise_floor(fresh.earliest, here);
}

bool TrustedTime::anchored_in(std::string const& boot_id) const {
  return state_.anchor && state_.anchor->bound_at.boot_id == boot_id;
}

Milliseconds TrustedTime::drift_over(Milliseconds elapsed) const {
  return Milliseconds((elapsed.count() * bounds_.drift_ppm + 999'999) / 1'000'000);
}

/// The floor carried forward: in the boot that it was read in by the time since, in a later boot by all of that boot.
UtcTime TrustedTime::floor_at(BootMoment const& here) const {
  auto const same_boot = state_.floor_at.boot_id == here.boot_id;
  auto const elapsed =
      std::max(Milliseconds(0), same_boot ? here.since_boot - state_.floor_at.since_boot : here.since_boot);
  return std::max(state_.floor + elapsed - drift_over(elapsed), bounds_.build_date);
}

TimeInterval TrustedTime::interval_at(BootMoment const& here) const {
  UtcTime const floor = floor_at(here);
  if (!anchored_in(here.boot_id)) return {floor, std::nullopt};
  auto const elapsed = std::max(Milliseconds(0), here.since_boot - state_.anchor->bound_at.since_boot);
  auto const drift = drift_over(elapsed);
  auto const earliest = std::max(floor, state_.anchor->earliest + elapsed - drift);
  return {earliest, std::max(earliest, state_.anchor->latest + elapsed + drift)};
}

void TrustedTime::raise_floor(UtcTime earliest, BootMoment const& here) {
  if (earliest <= state_.floor) return;
  state_.floor = earliest;
  state_.floor_at = here;
}

}  // namespace fieldnode::engine

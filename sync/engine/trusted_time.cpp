#include "sync/engine/trusted_time.h"

#include <algorithm>
#include <utility>

namespace fieldnode::engine {
namespace {

/// A clock that is off by more is broken or stood still: that is no drift, and no bound could hold it.
constexpr std::int64_t kDriftMostPpm = 5'000;
/// Over less, whole milliseconds would be taken for drift.
constexpr Milliseconds kDriftBaseline = std::chrono::minutes(10);
/// What is said on a telephone is the minute.
constexpr Milliseconds kToldGrain = std::chrono::minutes(1);

/// Negative where `here` lies before `then`: a reply may be taken over after the clock was asked again.
Milliseconds elapsed_since(BootMoment const& then, BootMoment const& here) { return here.since_boot - then.since_boot; }

}  // namespace

TrustedTime::TrustedTime(Clock const& clock, TimeBounds bounds, TimeState state)
    : clock_(&clock), bounds_(bounds), state_(std::move(state)) {}

rules::TimeEvidence TrustedTime::now() {
  auto const here = look();
  TimeInterval const interval = interval_at(here);
  raise_floor(interval.earliest, here, basis_of(interval.earliest, here));
  if (interval.latest) {
    return {rules::ClockClass::kAnchored, interval, likely_at(here, interval), state_.anchor->id};
  }
  // A receipt that came in a file is no anchor of the clock, but what is made now certainly came after it.
  std::uint64_t const before = state_.anchor ? state_.anchor->id : 0;
  std::uint64_t const anchor = state_.floor_anchor != 0 ? state_.floor_anchor : before;
  // A wall clock below the floor is certainly wrong; above it, it may be right and nothing else is known.
  if (auto const wall = state_.read.wall; wall >= interval.earliest) {
    return {rules::ClockClass::kCarried, interval, wall, anchor};
  }
  return {rules::ClockClass::kFloor, interval, interval.earliest, anchor};
}

void TrustedTime::observe(wire::Receipt const& receipt, RoundTrip const& trip) {
  auto const round_trip = trip.answered - trip.asked.since_boot;
  if (!receipt.sent_at || !receipt.received_at || round_trip < Milliseconds(0)) return;
  auto const now = look();
  if (trip.asked.boot_id != now.boot_id) return observe_past(receipt);
  BootMoment const here{now.boot_id, trip.answered};
  // The reply travelled for at most the round trip without the time that the centre held the request.
  auto const held = std::max(Milliseconds(0), *receipt.sent_at - *receipt.received_at);
  auto const radius = std::max(Milliseconds(1), round_trip + drift_above(round_trip, drift_ppm()) - held);

  bind({wire::anchor_id(receipt), *receipt.sent_at, *receipt.sent_at + radius, here, {}, {}},
       compare(trip.asked, state_.read));
}

void TrustedTime::observe_past(wire::Receipt const& receipt) {
  if (receipt.sent_at) raise_floor(*receipt.sent_at, look(), wire::anchor_id(receipt));
}

void TrustedTime::observe(ToldMoment const& told) {
  auto const here = look();
  if (told.asked.boot_id != here.boot_id) return raise_floor(told.minute, here, told.anchor);
  auto const call = here.since_boot - told.asked.since_boot;
  auto const latest = told.minute + kToldGrain + call + drift_above(call, drift_ppm());
  bind({told.anchor, told.minute, latest, here, {}, {}}, compare(told.asked, state_.read));
}

void TrustedTime::bind(Anchor fresh, ClockChange const& meanwhile) {
  auto const here = fresh.bound_at;
  fresh.latest += unseen_in(meanwhile) + meanwhile.slept_slack;
  fresh.slack = meanwhile.slept_slack;
  // First what both anchors say of the clock: it was carried on with that bound.
  if (anchored_in(here.boot_id)) note_drift(*state_.anchor, fresh);
  TimeInterval const known = interval_at(here);
  auto const earliest = std::max(fresh.earliest, known.earliest);
  auto const latest = known.latest ? std::min(fresh.latest, *known.latest) : fresh.latest;
  if (earliest <= latest) {
    fresh.earliest = earliest;
    fresh.latest = latest;
  } else {
    note_contradiction(known, fresh);
  }
  state_.anchor = fresh;
  BootMoment const now{state_.read.boot_id, state_.read.since_boot};
  reach(meanwhile.set_right, now);
  // Carried through a sleep it would run ahead.
  raise_floor(fresh.earliest, fresh.slack > Milliseconds(0) ? now : here, fresh.id);
}

void TrustedTime::repeal(std::set<std::uint64_t> const& anchors) {
  auto const here = look();
  if (state_.anchor && anchors.contains(state_.anchor->id)) state_.anchor.reset();
  if (!anchors.contains(state_.floor_anchor)) return;
  state_.floor = bounds_.build_date;
  state_.floor_at = here;
  state_.floor_anchor = 0;
  if (anchored_in(here.boot_id)) raise_floor(interval_at(here).earliest, here, state_.anchor->id);
}

std::vector<ClockFinding> TrustedTime::take_findings() { return std::exchange(findings_, {}); }

std::uint32_t TrustedTime::drift_ppm() const { return std::max(bounds_.drift_ppm, 2 * state_.drift_seen_ppm); }

BootMoment TrustedTime::look() {
  auto const now = read_clocks(*clock_);
  auto const change = compare(state_.read, now);
  findings_.insert(findings_.end(), change.findings.begin(), change.findings.end());
  if (change.slept_slack.count() > 0) ease_floor(now, change.slept_slack);
  BootMoment const here{now.boot_id, now.since_boot};
  if (anchored_in(now.boot_id)) {
    state_.anchor->unseen += unseen_in(change);
    state_.anchor->slack += change.slept_slack;
    reach(change.set_right, here);
  }
  state_.read = now;
  return here;
}

Milliseconds TrustedTime::unseen_in(ClockChange const& change) const {
  return change.unseen + drift_above(change.unseen, drift_ppm());
}

void TrustedTime::reach(std::optional<UtcTime> const& set_right, BootMoment const& here) {
  if (!set_right || !anchored_in(here.boot_id)) return;
  auto const latest = interval_at(here).latest;
  if (latest && *latest < *set_right) state_.anchor->unseen += *set_right - *latest;
}

void TrustedTime::ease_floor(ClockReading const& now, Milliseconds slack) {
  BootMoment const before{state_.read.boot_id, state_.read.since_boot};
  BootMoment const here{now.boot_id, now.since_boot};
  state_.floor = std::max(floor_at(before), floor_at(here) - slack);
  state_.floor_at = here;
}

/// What rested on the time before was off by the gap between both.
void TrustedTime::note_contradiction(TimeInterval const& known, Anchor const& fresh) {
  bool const was_slow = known.latest && fresh.earliest > *known.latest;
  auto const gap = was_slow ? fresh.earliest - *known.latest : fresh.latest - known.earliest;
  auto const basis = was_slow ? state_.anchor->id : basis_of(known.earliest, fresh.bound_at);
  findings_.push_back({rules::AnomalyKind::kClockUnsound, gap, basis});
}

/// The least drift that explains how far central time and boot time ran apart between two anchors.
void TrustedTime::note_drift(Anchor const& before, Anchor const& fresh) {
  auto const elapsed = elapsed_since(before.bound_at, fresh.bound_at);
  if (elapsed < kDriftBaseline) return;
  auto const least = fresh.earliest - before.latest - before.unseen - before.slack;
  auto const most = fresh.latest - before.earliest + before.slack;
  auto const off = std::max({Milliseconds(0), least - elapsed, elapsed - most});
  auto const ppm = (off.count() * 1'000'000 + elapsed.count() - 1) / elapsed.count();
  if (ppm > kDriftMostPpm) return;
  state_.drift_seen_ppm = std::max(state_.drift_seen_ppm, static_cast<std::uint32_t>(ppm));
}

bool TrustedTime::anchored_in(std::string const& boot_id) const {
  return state_.anchor && state_.anchor->bound_at.boot_id == boot_id;
}

/// The floor carried forward: in the boot that it was read in by the time since, in a later boot by all of that boot.
UtcTime TrustedTime::floor_at(BootMoment const& here) const {
  auto const same_boot = state_.floor_at.boot_id == here.boot_id;
  auto const elapsed = same_boot ? elapsed_since(state_.floor_at, here) : here.since_boot;
  return std::max(state_.floor + elapsed - drift_below(elapsed, drift_ppm()), bounds_.build_date);
}

TimeInterval TrustedTime::interval_at(BootMoment const& here) const {
  UtcTime const floor = floor_at(here);
  if (!anchored_in(here.boot_id)) return {floor, std::nullopt};
  auto const& anchor = *state_.anchor;
  auto const elapsed = elapsed_since(anchor.bound_at, here);
  auto const earliest = anchor.earliest + elapsed - drift_below(elapsed, drift_ppm()) - anchor.slack;
  auto const latest = anchor.latest + elapsed + drift_above(elapsed, drift_ppm()) + anchor.slack + anchor.unseen;
  // A floor above it rests on a time that a later receipt contradicts; until it is repealed nothing bounds true time.
  if (latest < floor) return {floor, std::nullopt};
  return {std::max(floor, earliest), latest};
}

/// The middle of what the anchor alone says: a wall clock that was set must not move it.
UtcTime TrustedTime::likely_at(BootMoment const& here, TimeInterval const& interval) const {
  auto const& anchor = *state_.anchor;
  auto const middle = anchor.earliest + (anchor.latest - anchor.earliest) / 2 + elapsed_since(anchor.bound_at, here);
  return std::clamp(middle, interval.earliest, *interval.latest);
}

std::uint64_t TrustedTime::basis_of(UtcTime earliest, BootMoment const& here) const {
  return floor_at(here) < earliest && anchored_in(here.boot_id) ? state_.anchor->id : state_.floor_anchor;
}

void TrustedTime::raise_floor(UtcTime earliest, BootMoment const& here, std::uint64_t anchor) {
  // Behind the floor carried on it would pull it back.
  if (earliest <= state_.floor || earliest < floor_at(here)) return;
  state_.floor = earliest;
  state_.floor_at = here;
  state_.floor_anchor = anchor;
}

}  // namespace fieldnode::engine

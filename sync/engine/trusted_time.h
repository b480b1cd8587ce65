#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sync/base/clock.h"
#include "sync/engine/clock_watch.h"
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
  Milliseconds unseen{};  ///< what may have passed since then while the boot clock stood still
  Milliseconds slack{};   ///< how far the boot clock may be off since then for having slept
  friend bool operator==(Anchor const&, Anchor const&) = default;
};

/// What must survive a restart. True time was not before `floor` when `floor_at` was read.
struct TimeState {
  UtcTime floor{};
  BootMoment floor_at;
  std::optional<Anchor> anchor;
  std::uint64_t floor_anchor{};    ///< the receipt that the floor rests on; 0: none
  std::uint32_t drift_seen_ppm{};  ///< the largest drift that two anchors of one boot have proven
  ClockReading read;               ///< the clocks when they were last looked at
  friend bool operator==(TimeState const&, TimeState const&) = default;
};

/// A moment of central time that came by word of mouth: after the machine's clocks stood at `asked`, true time was in
/// [minute, minute + 1 min). `anchor` names it. Source: PROTOCOL, "Phone receipt".
struct ToldMoment {
  std::uint64_t anchor{};
  UtcTime minute{};
  ClockReading asked;
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
  /// What was known before is carried forward and intersected; if both contradict each other the receipt counts and a
  /// finding says so.
  void observe(wire::Receipt const& receipt, RoundTrip const& trip);
  /// A verified receipt that came in a file, so that nobody knows how long it was on the way: raises the floor only.
  void observe_past(wire::Receipt const& receipt);
  /// Binds a moment that was told. It is as wide as the call was long, since nobody knows when in it the moment was; a
  /// call that another boot began raises the floor only.
  void observe(ToldMoment const& told);
  /// The centre has repealed what it signed under these anchors: a floor that rests on one of them falls to what the
  /// present anchor says. The only thing that lowers a floor.
  void repeal(std::set<std::uint64_t> const& anchors);
  /// A published policy has another drift bound.
  void use_drift(std::uint32_t drift_ppm) { bounds_.drift_ppm = drift_ppm; }

  /// What the clocks have done since this was last asked, in order; each is to be journaled.
  [[nodiscard]] std::vector<ClockFinding> take_findings();
  /// To be persisted with every commit and once a minute.
  [[nodiscard]] TimeState const& state() const { return state_; }
  /// The drift bound in force: the policy's, but never below twice the largest drift seen.
  [[nodiscard]] std::uint32_t drift_ppm() const;

 private:
  /// Reads the clocks, notes what they did since the last reading.
  BootMoment look();
  /// A sleep is counted by a coarser clock: the floor that has run through it is taken back by the slack.
  void ease_floor(ClockReading const& now, Milliseconds slack);
  /// What may have passed unseen: the clock that counted it, the host's, may be as slow as any.
  [[nodiscard]] Milliseconds unseen_in(ClockChange const& change) const;
  /// A step may show less than the pause behind it: `latest` reaches what the wall clock was set to.
  void reach(std::optional<UtcTime> const& set_right, BootMoment const& here);
  /// Takes a fresh anchor over: carried on and intersected with what was known. `meanwhile`: what the clocks did since
  /// the centre was asked.
  void bind(Anchor fresh, ClockChange const& meanwhile);
  void note_contradiction(TimeInterval const& known, Anchor const& fresh);
  void note_drift(Anchor const& before, Anchor const& fresh);
  [[nodiscard]] bool anchored_in(std::string const& boot_id) const;
  [[nodiscard]] UtcTime floor_at(BootMoment const& here) const;
  [[nodiscard]] TimeInterval interval_at(BootMoment const& here) const;
  [[nodiscard]] UtcTime likely_at(BootMoment const& here, TimeInterval const& interval) const;
  /// The receipt that the interval's lower end rests on.
  [[nodiscard]] std::uint64_t basis_of(UtcTime earliest, BootMoment const& here) const;
  void raise_floor(UtcTime earliest, BootMoment const& here, std::uint64_t anchor);

  Clock const* clock_;
  TimeBounds bounds_;
  TimeState state_;
  std::vector<ClockFinding> findings_;
};

}  // namespace fieldnode::engine

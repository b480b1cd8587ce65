#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sync/rules/clocks.h"

/// Whom a running limit is brought to, and when: first whoever has the assignment, then a supervisor. Pure: it follows
/// from the clock, policy and calendar, and says of the present only what the caller knows of it.
///
/// When. A limit in days is told at the opening of a working day, and goes up in the office hours of its last day; a
/// limit in office hours counts back in office hours; one in elapsed hours runs at night and on rest days, and so does
/// its warning. Nobody is told before the office could know: the limit's start, the end of a pause, the moment at which
/// the node held the dispatch. What becomes known outside office hours waits for them, unless none are left before due.
///
/// What. `state_of` says how a limit stands, at any hour: a limit that has passed is never kept back, only the telling
/// is. Where nothing bounds the present above, the estimate stands in its place. Source: design 5, requirements D, E.
namespace fieldnode::rules {

struct Policy;

/// Of one duty that runs.
struct Warning {
  ClockKind clock{};
  UtcTime due{};
  UtcTime raised_at{};                  ///< to whoever has the assignment, or to everybody who could take it
  std::optional<UtcTime> escalated_at;  ///< to supervisors; nothing while `held`
  bool held{};                          ///< E3: an application made in time is undecided; it is never overdue
  bool late_on_arrival{};               ///< due had passed before the node held the dispatch

  friend bool operator==(Warning const&, Warning const&) = default;
};

struct WarningContext {
  Policy const& policy;
  Calendar const& calendar;
  std::optional<UtcTime> delivered_at;  ///< when the node held the dispatch; nothing: not known, nothing follows
};

/// The warnings of the duties among `clocks`, which are those of `state`. None for what does not run, for a return
/// (a right that lapses), and where `unreachable` waits for its confirmation, because nothing is left to do.
[[nodiscard]] std::vector<Warning> warnings_of(AssignmentState const& state, std::span<DeadlineClock const> clocks,
                                               WarningContext const& context);

/// How a limit stands. In the order of time; a limit that was late on arrival goes straight to the last.
enum class WarningState : std::uint8_t {
  kQuiet = 0,
  kDueSoon = 1,
  kPerhapsOverdue = 2,  ///< due lies inside of what is known of the present, or before the estimate where that is open
  kOverdue = 3,         ///< certainly
  kLateOnArrival = 4
};

[[nodiscard]] WarningState state_of(Warning const& warning, TimeEvidence const& now);

/// What warnings go by: the latest that it can be, the estimate where that is open.
[[nodiscard]] UtcTime warning_time(TimeEvidence const& now);

/// No limit that is due later has been told by `at`. For those who look for warnings among many limits.
[[nodiscard]] UtcTime warning_horizon(UtcTime at, Policy const& policy, Calendar const& calendar);

}  // namespace fieldnode::rules

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sync/base/result.h"
#include "sync/base/time.h"
#include "sync/rules/assignment.h"
#include "sync/rules/deadline.h"
#include "sync/rules/reasons.h"

/// The deadline clocks of an assignment: recomputed from facts, policy and calendar, never stored as a countdown.
namespace fieldnode::rules {

struct Policy;

enum class ClockState : std::uint8_t {
  kRunning = 1,
  kPaused = 2,  ///< an open pause: no due instant
  kMet = 3,
  kEnded = 4,  ///< the assignment ended first (B6); whether it was breached then, `overdue` says
  kVoid = 5    ///< never ran: nothing was owed (an assisting unit resolves nothing, R5; no return after a ruling, B4)
};

enum class LimitSource : std::uint8_t { kMeasures = 1, kCase = 2, kStatute = 3 };

/// One limit of a clock with its instant. `due` is absent while it is openly paused.
struct LimitDue {
  LimitSource source{};
  OwnLimit limit{};
  std::optional<Due> due;
};

/// A clock as it stands. The strictest limit counts (E5); a longer statutory term is listed and lengthens nothing (E6).
struct DeadlineClock {
  ClockKind kind{};
  ClockState state{};
  UtcTime started_at{};
  std::vector<LimitDue> limits;  ///< the strictest first; what an open pause holds comes last; empty if void
  bool extension_pending{};      ///< E3: asked in time and not decided: not overdue
  bool awaits_confirmation{};    ///< D3: `unreachable` was claimed and not decided: not overdue
  std::optional<Mark> met_by;
  std::optional<UtcTime> ended_at;

  /// The instant that counts; nothing while openly paused and when void.
  [[nodiscard]] std::optional<UtcTime> due() const;
};

/// The four clocks in the order acknowledge, contact, return, resolve; empty before the dispatch.
/// `delivered_at` matters only if the policy starts the limits at delivery.
/// Errors: `outside_calendar`.
[[nodiscard]] Result<std::vector<DeadlineClock>> clocks_of(AssignmentState const& state, Policy const& policy,
                                                           Calendar const& calendar,
                                                           std::optional<UtcTime> delivered_at = std::nullopt);

/// Why `clock` is due when it is: the steps of the limit that prevails, then the limits that do not. Empty while an
/// open pause holds it and when void.
[[nodiscard]] std::vector<Reason> reasons_of(AssignmentState const& state, DeadlineClock const& clock,
                                             Policy const& policy, Calendar const& calendar);

enum class Certainty : std::uint8_t { kNo = 1, kMaybe = 2, kCertainly = 3 };

/// Is (or was, when met or ended) the limit overstepped? In time means floor_to_second(t) <= due (D9). `now` is read
/// only while the clock runs. A return clock is a right that lapses, not a duty: ask `next_due` what presses.
[[nodiscard]] Certainty is_overdue(DeadlineClock const& clock, TimeInterval now);

/// Certainly after `due`, perhaps, or not. Source: D9, design 5.
[[nodiscard]] Certainty is_after(TimeInterval when, UtcTime due);

/// The earliest due of the duties that still run; nothing if none does.
[[nodiscard]] std::optional<UtcTime> next_due(std::span<DeadlineClock const> clocks);

/// The due of one clock whatever has met or ended it: what the judge measures an application by. Nothing while openly
/// paused. Errors: `outside_calendar`.
[[nodiscard]] Result<std::optional<UtcTime>> due_while_running(AssignmentState const& state, ClockKind kind,
                                                               Policy const& policy, Calendar const& calendar,
                                                               std::optional<UtcTime> delivered_at = std::nullopt);

/// The length from which the caps of an extension are counted: the shortest resolve limit in working days that is no
/// statute. Units: working days. Source: E2, D8.
[[nodiscard]] std::uint32_t extension_base(AssignmentState const& state, Policy const& policy);

}  // namespace fieldnode::rules

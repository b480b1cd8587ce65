#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "sync/rules/clocks.h"
#include "sync/rules/policy.h"

/// Was a limit kept? What can be proven, what the node's own clock says, and what nobody can tell. Computed anew from
/// entries, marks and rules, at both ends by this one function; stored nowhere. Source: design 5.
namespace fieldnode::rules {

enum class Verdict : std::uint8_t {
  kInTimeProven = 1,
  kInTimeByClock = 2,  ///< by the node's clock
  kUndetermined = 3,   ///< an operator may rule
  kLateByClock = 4,    ///< by the node's clock
  kLateProven = 5
};

/// What is known of the moment of an act beside what its node claims. Each end reads it from what the centre signed.
struct ActProof {
  std::optional<UtcTime> anchored_at;  ///< sent-at of the receipt that the act's time evidence names, if not repealed
  std::optional<UtcTime> made_on;      ///< when the feed entry that the act was made on was written
  std::optional<UtcTime> held_at;      ///< first moment at which the centre held it, or its head by phone receipt
  bool anomaly{};                      ///< the machine's clocks were seen to move since that anchor, or it is unsound

  /// The bracket that holds whatever the node says. Shape: the lower end is the epoch where nothing bounds it.
  [[nodiscard]] TimeInterval bracket() const;
};

/// Why the node's own clock is, or is not, enough for a verdict. The numbers are shown by name.
enum class ClockTrust : std::uint8_t {
  kEnough = 1,
  kClassTooLow = 2,
  kAnchorTooOld = 3,
  kAnomalySince = 4,
  kContradictsProof = 5  ///< what the node claims lies outside of what is proven
};

[[nodiscard]] ClockTrust trust_in(TimeEvidence const& claimed, ActProof const& proof, NodeClockRule const& rule);

/// In time means floor_to_second(t) <= due (D9). What is proven outweighs what is claimed; the node's clock counts only
/// where `rule` says so; a claim is narrowed by what is proven before it is read.
[[nodiscard]] Verdict verdict_on(UtcTime due, TimeEvidence const& claimed, ActProof const& proof,
                                 NodeClockRule const& rule);

/// What stands about one clock of an assignment.
struct ClockVerdict {
  ClockKind kind{};
  std::optional<UtcTime> due;      ///< the due that was judged by
  std::optional<Verdict> verdict;  ///< nothing while the clock runs or is paused, and where nothing was owed
  std::optional<Mark> act;         ///< the act that met the limit; none: it was not met when the assignment ended
  TimeInterval bracket{};          ///< what is proven of its moment
  ClockTrust trust{};
  bool forgiven{};                      ///< D12: judged by the due of the calendar that the node knew
  std::optional<TimeRulingFact> ruled;  ///< an operator's word, where nothing is proven
};

using ProofOf = std::function<ActProof(Mark const&)>;

struct VerdictContext {
  Policy const& policy;
  Calendar const& calendar;
  /// D12: the calendar that the node knew when it made the act; null: the same.
  std::function<Calendar const*(Mark const&)> calendar_then;
  ProofOf proof_of;
  std::optional<UtcTime> delivered_at{};
};

/// An operator's ruling stands beside a verdict only where nothing is proven: a proof that comes later outweighs it.
/// One for each clock of the assignment, in the order of `clocks_of`. Errors: `outside_calendar`.
[[nodiscard]] Result<std::vector<ClockVerdict>> verdicts_of(AssignmentState const& state,
                                                            VerdictContext const& context);

}  // namespace fieldnode::rules

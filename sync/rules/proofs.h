#pragma once

#include <cstdint>
#include <optional>

#include "sync/rules/replay.h"
#include "sync/rules/rule_shelf.h"
#include "sync/rules/verdict.h"

/// What is proven of the moment of an act, from what the centre signed; the same function at both ends and for whoever
/// holds a file of evidence. Source: design 5.
namespace fieldnode::rules {

/// What one end keeps of the centre's word on a unit's acts.
/// Implementations: the office's database, the centre's, a file of evidence.
class Witness {
 public:
  virtual ~Witness() = default;

  /// When the receipt that `anchor` names was sent, or the answer by telephone was given; nothing if none is known.
  [[nodiscard]] virtual std::optional<UtcTime> anchor_sent_at(std::uint64_t anchor) = 0;
  /// The earliest mark that covers the act, or what was told by telephone and is not in the feed yet.
  [[nodiscard]] virtual std::optional<UtcTime> received_at(Position act) = 0;
  /// The last feed entry that the maker of the act knew; nothing if the act is not held.
  [[nodiscard]] virtual std::optional<Position> made_on(Position act) = 0;
  /// When that feed entry was made.
  [[nodiscard]] virtual std::optional<UtcTime> feed_entry_time(Position entry) = 0;
};

/// `unit`: the facts of the unit as a whole; its assignments are not read.
[[nodiscard]] ActProof proof_of(AssignmentState const& state, Mark const& act, UnitState const& unit, Witness& witness);

/// What verdicts on the assignment are made with. All that is handed in must outlive it.
[[nodiscard]] VerdictContext verdict_context(AssignmentState const& state, UnitState const& unit,
                                             RuleShelf const& rules, Witness& witness);

/// The verdict on each clock of the assignment, with the rules that held when it was made: an ended cycle keeps those
/// that it ended under, and an act is not late by a calendar that its maker could not know (D12).
/// Errors: `outside_calendar`.
[[nodiscard]] Result<std::vector<ClockVerdict>> verdicts_of(AssignmentState const& state, UnitState const& unit,
                                                            RuleShelf const& rules, Witness& witness);

}  // namespace fieldnode::rules

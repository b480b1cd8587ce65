#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "sync/rules/assignment.h"
#include "sync/rules/epoch_order.h"

/// The fold: entries in, facts out; the same pure function at both ends. It asks no clock, policy or calendar.
///
/// Order. Feed entries stand in list order; each carries `basis`, the last act that the centre had judged. An act
/// stands before the first feed entry whose basis covers it, acts among themselves in journal order; acts that no entry
/// covers come last. `basis` never falls within a feed, so the order of one assignment's entries follows from that
/// assignment's entries alone.
///
/// Effect. The lifecycle table and the guards that are facts (`reference_fault`) say whether an entry changes anything;
/// one that does not is marked (`kUnjudged`, once covered `kNoEffect`; a feed entry: `idle_entries`).
///
/// Verdicts. A refusal, conflict or set-aside entry is read before the fold begins: the act that it names has no effect
/// at its own place, wherever the entry stands. A settlement "stands" and an adopt give the act its effect where *they*
/// stand, whatever the table says there: an operator has ruled. An ended assignment stays ended all the same. An act
/// beyond the end of its epoch's run, or of an unregistered epoch, is set aside. Of several appends of one act
/// (`origin`) the first in order that is not judged away counts, the others are `kRepeated`.
///
/// Consequence: the result depends on the set of entries given, not on the order in which they were learnt.
namespace fieldnode::rules {

/// `feed` and `acts`: this assignment's entries; `feed` in list order, `acts` in any order. Entries on another
/// assignment are skipped. Cost: linear but for finding the few acts that entries name.
[[nodiscard]] AssignmentState replay_assignment(AssignmentId id, std::span<Placed const> feed,
                                                std::span<Placed const> acts, EpochOrder const& journals);

/// A version of policy or calendar, and the feed entry that brought it.
struct VersionFact {
  Position at{};
  std::string version;
  friend bool operator==(VersionFact const&, VersionFact const&) = default;
};

struct RosterEntry {
  StaffRole role{};
  bool disabled{};
  Mark by{};
  friend bool operator==(RosterEntry const&, RosterEntry const&) = default;
};

struct AnomalyFact {
  Mark by{};
  Anomaly anomaly{};
  friend bool operator==(AnomalyFact const&, AnomalyFact const&) = default;
};

/// Everything that a unit's lists say.
struct UnitState {
  std::map<AssignmentId, AssignmentState> assignments;
  std::vector<VersionFact> policies;   ///< in feed order; the last is in force
  std::vector<VersionFact> calendars;  ///< in feed order; the last is in force
  std::map<StaffId, RosterEntry> staff;
  std::vector<std::uint64_t> repealed_anchors;
  std::vector<AnomalyFact> anomalies;  ///< in journal order
  friend bool operator==(UnitState const&, UnitState const&) = default;
};

/// Replay of a whole unit. `feed` in list order, `acts` of all its journals in any order.
[[nodiscard]] UnitState replay(std::span<Placed const> feed, std::span<Placed const> acts, EpochOrder const& journals);

}  // namespace fieldnode::rules

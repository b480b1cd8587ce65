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

struct OutageFact {
  Mark by{};
  LinkOutage outage{};
  friend bool operator==(OutageFact const&, OutageFact const&) = default;
};

struct OutageSeenFact {
  Position by{};
  OutageSeen seen{};
  friend bool operator==(OutageSeenFact const&, OutageSeenFact const&) = default;
};

/// `holds`: nothing until the journal has come and its code was checked.
struct PhoneReceiptFact {
  Position by{};
  UtcTime at{};
  PhoneReceipt receipt{};
  std::optional<bool> holds;
  friend bool operator==(PhoneReceiptFact const&, PhoneReceiptFact const&) = default;
};

struct VetoStepFact {
  Position by{};
  UtcTime at{};
  VetoMove move{};
  friend bool operator==(VetoStepFact const&, VetoStepFact const&) = default;
};

/// Shape: a step that names no veto of this unit changes nothing.
struct VetoFact {
  Position by{};
  UtcTime at{};
  StaffId first{};
  Veto veto{};
  std::vector<VetoStepFact> steps;  ///< in feed order
  std::vector<Mark> contests;       ///< in journal order
  friend bool operator==(VetoFact const&, VetoFact const&) = default;
};

struct PublicationFact {
  Position by{};
  UtcTime at{};
  Publication publication{};
  friend bool operator==(PublicationFact const&, PublicationFact const&) = default;
};

/// Everything that a unit's lists say.
struct UnitState {
  std::map<AssignmentId, AssignmentState> assignments;
  std::vector<VersionFact> policies;   ///< in feed order; the last is in force
  std::vector<VersionFact> calendars;  ///< in feed order; the last is in force
  std::map<StaffId, RosterEntry> staff;
  std::vector<std::uint64_t> repealed_anchors;
  std::vector<AnomalyFact> anomalies;  ///< in journal order
  std::vector<OutageFact> outages;     ///< in journal order
  std::vector<OutageSeenFact> outages_seen;
  std::vector<PhoneReceiptFact> phone_receipts;
  std::vector<VetoFact> vetoes;
  std::vector<PublicationFact> publications;
  std::vector<SupervisionFact> supervision;  ///< of the unit as a whole
  friend bool operator==(UnitState const&, UnitState const&) = default;
};

/// Replay of a whole unit. `feed` in list order, `acts` of all its journals in any order.
[[nodiscard]] UnitState replay(std::span<Placed const> feed, std::span<Placed const> acts, EpochOrder const& journals);

}  // namespace fieldnode::rules

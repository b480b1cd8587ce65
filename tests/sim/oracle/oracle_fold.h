#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/oracle/lifecycle_table.h"
#include "tests/sim/oracle/seen_entry.h"

namespace fieldnode::sim {

/// What became of an act, in the words of PROTOCOL.md.
enum class Fate : unsigned {
  kTaken = 1,
  kUnjudged = 2,
  kNoEffect = 3,
  kRefused = 4,
  kConflict = 5,
  kVoid = 6,
  kStands = 7,
  kSetAside = 8,
  kAdopted = 9,
  kRepeated = 10,
  kWithdrawn = 11
};

struct FoldedAct {
  SeenEntry const* act{};
  Fate fate{};
  std::string code;
};

/// What the oracle makes of one assignment.
struct FoldedAssignment {
  std::string stage{"undispatched"};
  std::vector<FoldedAct> acts;
  std::vector<SeenEntry const*> feed;  ///< what was counted, in its order
  std::vector<Position> idle;          ///< of these, those that had no place
};

/// One unit's lists as somebody holds them: so much of its feed and of its acts, in list order and of one epoch each.
struct HeldLists {
  std::vector<SeenEntry> const& feed;
  std::size_t feed_upto{};
  std::vector<SeenEntry> const& ahead;  ///< what is held by preview behind that, rising
  std::vector<SeenEntry> const& acts;
  std::size_t acts_upto{};
};

/// Folded after "Order, and what a state is" and "Previews" by the table of the lifecycle. Shares nothing with
/// sync/rules.
[[nodiscard]] std::map<AssignmentId, FoldedAssignment> fold_unit(LifecycleTable const& table, HeldLists const& held);

}  // namespace fieldnode::sim

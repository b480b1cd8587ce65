#pragma once

#include "sync/base/bytes.h"
#include "sync/rules/clocks.h"
#include "sync/rules/replay.h"
#include "sync/rules/rule_shelf.h"

/// One hash by which two ends see that they hold the same state. Source: PROTOCOL, "Digest".
namespace fieldnode::wire {

/// The facts alone, as replay gives them: no policy or calendar is asked.
[[nodiscard]] Hash facts_digest(rules::AssignmentState const& state);
[[nodiscard]] Hash facts_digest(rules::UnitState const& state);

/// The facts and the due instants of every clock, each cycle under its own rules (`RuleShelf::book_for`). A clock
/// outside the calendar counts as such: both ends must find it so.
[[nodiscard]] Hash state_digest(rules::UnitState const& state, rules::RuleShelf const& shelf);

}  // namespace fieldnode::wire

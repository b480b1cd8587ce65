#pragma once

#include <chrono>
#include <vector>

#include "sync/rules/replay.h"

/// When a unit provably could not exchange, from what both ends logged: the only ground on which the notice lets a
/// limit slip ("under normal conditions"). Source: requirements Q3.
namespace fieldnode::rules {

/// Both ends log what lasts at least so long. Shorter ones are the ordinary life of a thin link.
inline constexpr std::chrono::minutes kOutageLeast{5};

/// Half-open.
struct TimeSpan {
  UtcTime from{};
  UtcTime until{};
  friend bool operator==(TimeSpan const&, TimeSpan const&) = default;
};

/// Sorted, disjoint, none empty.
using TimeSpans = std::vector<TimeSpan>;

/// Proven is what the centre says of itself (it did not serve), and what both ends saw: the node tried in vain while
/// the centre heard nothing of it. A node that was switched off logs no attempts, and what a node alone says proves
/// nothing. Of the node's word only what is certain counts: from the latest moment at which its attempts can have begun
/// to fail up to the earliest of the last one; so a clock that knows little excuses little.
[[nodiscard]] TimeSpans proven_outages(UnitState const& state);

/// True when the centre could give the unit nothing from `from` until after `until`, whoever was at fault: what it
/// dispatched at `from`, the office did not have at `until`.
[[nodiscard]] bool was_unreachable(UnitState const& state, UtcTime from, UtcTime until);

}  // namespace fieldnode::rules

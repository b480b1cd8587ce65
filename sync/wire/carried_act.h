#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sync/rules/entry.h"

/// Acts that stand in no journal of the unit and come inside the `adopt` that rules them in. Source: PROTOCOL, "A
/// revoked node".
namespace fieldnode::wire {

/// The act inside a feed entry, at the place that it has in its own journal, with what its moment is worth
/// (`rules::adopted_time`). Nothing where the entry carries none, and where what it carries is no act on the entry's
/// assignment that this program can read: then the entry rules nothing in, at either end.
[[nodiscard]] std::optional<rules::Placed> carried_act(rules::Skeleton const& entry);

/// Puts what `feed` carries beside the acts of the journals, for the fold. An act that is there already stays.
void add_carried(std::span<rules::Placed const> feed, std::vector<rules::Placed>& acts);

}  // namespace fieldnode::wire

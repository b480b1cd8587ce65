#pragma once

#include <optional>

#include "sync/engine/ledger.h"

namespace fieldnode::engine {

/// What the centre says to a node's claim. Nothing where the node speaks of another place than the one held.
[[nodiscard]] std::optional<wire::StateVerdict> judge_claim(Ledger& ledger, wire::StateClaim const& claim);

/// Raises an alarm for each assignment that a node's search has found. False when there is nothing to answer at once:
/// the same at both ends, or another place.
bool hear_claim(Ledger& ledger, wire::StateClaim const& claim, UtcTime now);

}  // namespace fieldnode::engine

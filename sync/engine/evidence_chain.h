#pragma once

#include "sync/engine/evidence_file.h"

namespace fieldnode::engine {

/// Walks the chain of every list of the unit from its start: reads what is shown, computes every leaf and hash.
/// Faults: `entry_unreadable`, `entry_shows_contact`, `list_gap`, `chain_broken`.
void walk_chains(UnitInFile& unit, std::vector<wire::EvidencePart> const& parts, EvidenceFaults& faults);

}  // namespace fieldnode::engine

#pragma once

#include "sync/engine/evidence_signatures.h"

namespace fieldnode::engine {

/// The seal over all parts: are they those that were sealed, in that order, by the file's maker?
/// Faults: `part_changed`, `part_moved`, `part_added`, `part_missing`, `seal_signature`. Shape: the file has a seal.
void check_seal(EvidenceFile const& file, std::vector<wire::EvidencePart> const& parts, EvidenceKeys const& keys,
                EvidenceFaults& faults);

}  // namespace fieldnode::engine

#pragma once

#include "sync/engine/evidence_file.h"

namespace fieldnode::engine {

/// Is every entry of the case there, and none of another? Entries on an assignment, and those on the unit as a whole,
/// are numbered in each kind of list without a gap; the entry that the export itself left behind says how many there
/// were. Shape: the chains were walked.
/// Faults: `foreign_entry`, `other_case`, `number_gap`, `export_missing`, `count_differs`.
void check_counts(UnitInFile const& unit, EvidenceFile const& file, EvidenceFaults& faults);

}  // namespace fieldnode::engine

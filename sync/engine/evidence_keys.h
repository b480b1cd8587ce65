#pragma once

#include <optional>

#include "sync/engine/evidence_file.h"
#include "sync/wire/city_keys.h"

/// Which keys of the city a file of evidence is checked against.
namespace fieldnode::engine {

/// From the key that whoever checks has (`given`), or else from the file's own word, along the changes in the file, in
/// both directions. Faults: `other_city`, `key_history`. Notes: `key_from_file`.
[[nodiscard]] wire::CityKeyRing choose_city_keys(EvidenceFile const& file,
                                                 std::optional<crypto::PublicKey> const& given,
                                                 crypto::SignatureSuite const& suite, EvidenceFaults& faults);

/// Takes out the receipts that a key signed after it fell into other hands. Notes: `receipt_of_bad_key`.
void drop_uncounted(UnitInFile& unit, wire::CityKeyRing const& keys, EvidenceFaults& faults);

}  // namespace fieldnode::engine

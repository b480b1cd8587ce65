#pragma once

#include <optional>

#include "sync/crypto/suite.h"
#include "sync/engine/evidence_file.h"
#include "sync/wire/city_keys.h"

/// Who signed what in a file of evidence, and whether it is true.
namespace fieldnode::engine {

/// Whom the file is checked against.
struct EvidenceKeys {
  crypto::SignatureSuite const& suite;
  wire::CityKeyRing city{};
};

/// Whose key signs for the file's maker; nothing where the file does not bring it.
[[nodiscard]] std::optional<crypto::PublicKey> maker_key(EvidenceFile const& file, EvidenceKeys const& keys);

/// The city's word on each node, the signatures under the ends of the lists, those of the nodes, the receipts, and that
/// all of them speak of the hashes that the lists give. Shape: the chains were walked.
/// Faults: `node_signature`, `head_signature`, `receipt_signature`, `signed_hash_differs`, `unknown_list`.
/// Notes: `node_unvouched`, `journal_not_signed`, `feed_not_receipted`.
void check_signatures(UnitInFile const& unit, EvidenceFile const& file, EvidenceKeys const& keys,
                      EvidenceFaults& faults);

}  // namespace fieldnode::engine

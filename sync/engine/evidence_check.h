#pragma once

#include "sync/engine/evidence_signatures.h"
#include "sync/engine/evidence_verdicts.h"

namespace fieldnode::engine {

/// What a file of evidence comes to. Shape: `front` and `findings` say something only where there is no fault.
struct EvidenceReport {
  wire::EvidenceFront front;
  std::vector<wire::EvidenceUnit> units;
  std::vector<EvidenceFault> faults;  ///< the surest first: structure, seal, then what its parts say
  std::vector<EvidenceNote> notes;
  std::vector<EvidenceFinding> findings;
  bool maker_vouched{};  ///< the key that sealed is the city's, or one that the city has signed

  [[nodiscard]] bool is_sound() const { return faults.empty(); }
};

/// Checks a file with nothing else at hand but, if it is known, the city's public key: every length, the seal, every
/// chain and signature, that no entry of the case is left out; then replays it and judges each clock.
/// A fault in one part does not keep the others from being checked. Cost: linear in the file.
[[nodiscard]] EvidenceReport check_evidence(BytesView file, crypto::SignatureSuite const& suite,
                                            std::optional<crypto::PublicKey> const& city_key,
                                            rules::RuleBook const& built_in);

}  // namespace fieldnode::engine

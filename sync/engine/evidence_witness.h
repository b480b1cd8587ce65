#pragma once

#include <map>
#include <set>

#include "sync/engine/evidence_file.h"
#include "sync/rules/proofs.h"

namespace fieldnode::engine {

/// What a file of evidence proves of the moments of a unit's acts: the receipts in it, and what the centre's seal says.
/// Shape: the receipts' signatures and places were checked.
class EvidenceWitness final : public rules::Witness {
 public:
  explicit EvidenceWitness(UnitInFile const& unit);

  [[nodiscard]] std::optional<UtcTime> anchor_sent_at(std::uint64_t anchor) override;
  [[nodiscard]] std::optional<UtcTime> received_at(Position act) override;
  [[nodiscard]] std::optional<Position> made_on(Position act) override;
  /// Where the file is silent on the entry: that of the last one before it that it shows, which was not made later.
  [[nodiscard]] std::optional<UtcTime> feed_entry_time(Position entry) override;

 private:
  void take(wire::Receipt const& receipt);
  void take(wire::EvidenceTimes const& times);
  void note_held(Position upto, UtcTime at);

  std::set<std::uint64_t> repealed_;
  std::map<std::uint64_t, UtcTime> anchors_;
  std::map<Position, UtcTime> held_;    ///< acts up to there were held then, at the latest
  std::map<Position, Position> bases_;  ///< by act: the last feed entry that it knew
  std::map<Position, UtcTime> made_;    ///< feed entries whose moment is known
};

}  // namespace fieldnode::engine

#pragma once

#include <vector>

#include "node/central/store/central_store.h"
#include "node/db/connection.h"
#include "node/lists/contact_vault.h"

namespace fieldnode::central {

/// A unit's part of a file of evidence, within the reader's snapshot.
class EvidenceReader {
 public:
  EvidenceReader(db::Connection& connection, lists::ContactVault& vault, UnitEvidence const& evidence,
                 engine::CityKey const& city)
      : connection_(connection), vault_(vault), evidence_(evidence), city_(city) {}

  void write(wire::EvidenceWriter& writer);

 private:
  void write_unit(wire::EvidenceWriter& writer);
  void write_heads(wire::EvidenceWriter& writer);
  void write_receipts(wire::EvidenceWriter& writer);
  void write_times(wire::EvidenceWriter& writer);
  /// Remembers what the acts that the file shows rest on.
  void take(wire::ListName const& list, lists::StoredEntry const& entry);

  struct Act {
    wire::ListName journal{};
    std::uint64_t seq{};
    std::uint64_t anchor{};
    Position basis{};
  };

  db::Connection& connection_;
  lists::ContactVault& vault_;
  UnitEvidence const& evidence_;
  engine::CityKey const& city_;
  std::vector<Act> acts_;
};

}  // namespace fieldnode::central

#pragma once

#include "node/lists/list_witness.h"

namespace fieldnode::central {

/// What the centre has signed about a unit's acts: its receipts as anchors, and its marks.
class UnitWitness final : public lists::ListWitness {
 public:
  UnitWitness(db::Connection& connection, lists::EntryLists& lists, UnitId unit)
      : ListWitness(lists), connection_(connection), unit_(unit) {}

  [[nodiscard]] std::optional<UtcTime> anchor_sent_at(std::uint64_t anchor) override;
  [[nodiscard]] std::optional<UtcTime> received_at(Position act) override;

 private:
  db::Connection& connection_;
  UnitId unit_;
};

}  // namespace fieldnode::central

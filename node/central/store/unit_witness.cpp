#include "node/central/store/unit_witness.h"

namespace fieldnode::central {

/// Of whichever node of the unit the receipt was for: a replaced node's acts stay what they were.
std::optional<UtcTime> UnitWitness::anchor_sent_at(std::uint64_t anchor) {
  return connection_
      .prepare(
          "SELECT receipt.sent_at FROM receipt JOIN node ON node.id = receipt.node"
          " WHERE receipt.anchor = :anchor AND node.unit = :unit")
      .bind(":anchor", anchor)
      .bind(":unit", unit_)
      .maybe<UtcTime>();
}

std::optional<UtcTime> UnitWitness::received_at(Position act) {
  return connection_
      .prepare(
          "SELECT received_at FROM mark WHERE unit = :unit AND journal_epoch = :epoch AND seq >= :seq"
          " ORDER BY seq LIMIT 1")
      .bind(":unit", unit_)
      .bind(":epoch", act.epoch)
      .bind(":seq", act.seq)
      .maybe<UtcTime>();
}

}  // namespace fieldnode::central

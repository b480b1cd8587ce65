#include "node/office/office_witness.h"

#include "node/office/anchors.h"

namespace fieldnode::office {

std::optional<UtcTime> OfficeWitness::anchor_sent_at(std::uint64_t anchor) {
  return Anchors(connection_).sent_at(anchor);
}

std::optional<UtcTime> OfficeWitness::received_at(Position act) {
  return connection_
      .prepare("SELECT received_at FROM mark WHERE journal_epoch = :epoch AND seq >= :seq ORDER BY seq LIMIT 1")
      .bind(":epoch", act.epoch)
      .bind(":seq", act.seq)
      .maybe<UtcTime>();
}

}  // namespace fieldnode::office

#include "node/office/deliveries.h"

namespace fieldnode::office {

void Deliveries::keep(AssignmentId id, UtcTime sent_at) {
  connection_.prepare("INSERT INTO delivery (assignment, sent_at) VALUES (:id, :sent_at) ON CONFLICT DO NOTHING")
      .bind(":id", id)
      .bind(":sent_at", sent_at)
      .run();
}

std::optional<UtcTime> Deliveries::of(AssignmentId id) {
  auto rows = connection_.prepare("SELECT sent_at FROM delivery WHERE assignment = :id");
  return rows.bind(":id", id).maybe<UtcTime>();
}

}  // namespace fieldnode::office

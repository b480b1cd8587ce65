#pragma once

#include <optional>

#include "node/db/connection.h"
#include "sync/base/ids.h"
#include "sync/base/time.h"

namespace fieldnode::office {

/// When the node got hold of an assignment: the centre's moment of sending, which proves that it was not here before.
/// In the caller's transaction.
class Deliveries {
 public:
  explicit Deliveries(db::Connection& connection) : connection_(connection) {}

  /// The first one counts.
  void keep(AssignmentId id, UtcTime sent_at);
  /// Nothing where the receipt that brought it said no time, and for what an older program received.
  [[nodiscard]] std::optional<UtcTime> of(AssignmentId id);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::office

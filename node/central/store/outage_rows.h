#pragma once

#include <vector>

#include "node/central/store/records.h"
#include "node/db/connection.h"
#include "sync/rules/outages.h"

namespace fieldnode::central {

/// The tables `service_beat`, `service_gap` and `service_gap_told`, in the caller's transaction.
class OutageRows {
 public:
  explicit OutageRows(db::Connection& connection) : connection_(connection) {}

  /// The centre serves at `now`. `unbroken`: it has served ever since the last beat; else what lies between is a gap,
  /// if it is long enough to be logged.
  void beat(UtcTime now, bool unbroken);
  /// The gaps that the unit's feed does not say, the oldest first; they count as told. What was before the unit was
  /// added is none of its business.
  [[nodiscard]] std::vector<rules::TimeSpan> take_untold(UnitId unit);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::central

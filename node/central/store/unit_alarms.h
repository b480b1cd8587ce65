#pragma once

#include <string_view>
#include <vector>

#include "node/central/store/records.h"
#include "node/db/connection.h"

namespace fieldnode::central {

/// Table `unit_alarm` of one unit, in the caller's transaction. Codes: journal_fork, journal_superseded, feed_lost,
/// report_conflicts, report_unproven, state_differs, lost_window, acts_aside.
class UnitAlarms {
 public:
  UnitAlarms(db::Connection& connection, UnitId unit) : connection_(connection), unit_(unit) {}

  /// The same alarm about the same thing again takes the place of the older one.
  void raise(UnitAlarm const& alarm);
  void clear(std::string_view code);
  [[nodiscard]] std::vector<UnitAlarm> all();

 private:
  db::Connection& connection_;
  UnitId unit_;
};

}  // namespace fieldnode::central

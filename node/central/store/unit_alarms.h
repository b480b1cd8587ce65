#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "node/db/connection.h"
#include "sync/base/ids.h"
#include "sync/base/time.h"

namespace fieldnode::central {

/// Something about a unit's lists that an operator must know and cannot see in them.
struct UnitAlarm {
  std::string code;
  std::uint64_t subject{};    ///< the epoch, the assignment or the node that it is about
  std::uint64_t first_seq{};  ///< the places that it is about; 0: none
  std::uint64_t last_seq{};
  UtcTime at{};
  friend bool operator==(UnitAlarm const&, UnitAlarm const&) = default;
};

/// Table `unit_alarm` of one unit, in the caller's transaction.
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

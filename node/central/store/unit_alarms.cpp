#include "node/central/store/unit_alarms.h"

namespace fieldnode::central {

void UnitAlarms::raise(UnitAlarm const& alarm) {
  connection_
      .prepare(
          "INSERT INTO unit_alarm (unit, code, subject, first_seq, last_seq, at)"
          " VALUES (:unit, :code, :subject, :first, :last, :at) ON CONFLICT DO UPDATE"
          " SET first_seq = excluded.first_seq, last_seq = excluded.last_seq, at = excluded.at")
      .bind(":unit", unit_)
      .bind(":code", alarm.code)
      .bind(":subject", alarm.subject)
      .bind(":first", alarm.first_seq)
      .bind(":last", alarm.last_seq)
      .bind(":at", alarm.at)
      .run();
}

void UnitAlarms::clear(std::string_view code) {
  connection_.prepare("DELETE FROM unit_alarm WHERE unit = :unit AND code = :code")
      .bind(":unit", unit_)
      .bind(":code", code)
      .run();
}

std::vector<UnitAlarm> UnitAlarms::all() {
  std::vector<UnitAlarm> alarms;
  auto select = connection_.prepare(
      "SELECT code, subject, first_seq, last_seq, at FROM unit_alarm WHERE unit = :unit ORDER BY at, code, subject");
  select.bind(":unit", unit_);
  for (db::Row const row : select) {
    alarms.push_back({row.get<std::string>(0), row.get<std::uint64_t>(1), row.get<std::uint64_t>(2),
                      row.get<std::uint64_t>(3), row.get<UtcTime>(4)});
  }
  return alarms;
}

}  // namespace fieldnode::central

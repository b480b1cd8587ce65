#include "node/central/store/outage_rows.h"

namespace fieldnode::central {

void OutageRows::beat(UtcTime now, bool unbroken) {
  auto const last = connection_.prepare("SELECT at FROM service_beat").maybe<UtcTime>();
  if (last && !unbroken && now - *last >= rules::kOutageLeast) {
    connection_.prepare("INSERT INTO service_gap (from_at, until_at) VALUES (:from, :until)")
        .bind(":from", *last)
        .bind(":until", now)
        .run();
  }
  connection_.prepare("INSERT OR REPLACE INTO service_beat (id, at) VALUES (1, :at)").bind(":at", now).run();
}

std::vector<rules::TimeSpan> OutageRows::take_untold(UnitId unit) {
  std::vector<rules::TimeSpan> gaps;
  std::int64_t last = 0;
  auto rows = connection_.prepare(
      "SELECT service_gap.id, from_at, until_at FROM service_gap JOIN unit ON unit.id = :unit"
      " WHERE until_at > unit.created_at AND service_gap.id >"
      " coalesce((SELECT gap FROM service_gap_told WHERE unit = :unit), 0) ORDER BY service_gap.id");
  rows.bind(":unit", unit);
  for (db::Row const row : rows) {
    last = row.get<std::int64_t>(0);
    gaps.push_back({row.get<UtcTime>(1), row.get<UtcTime>(2)});
  }
  if (gaps.empty()) return gaps;
  connection_.prepare("INSERT OR REPLACE INTO service_gap_told (unit, gap) VALUES (:unit, :gap)")
      .bind(":unit", unit)
      .bind(":gap", last)
      .run();
  return gaps;
}

}  // namespace fieldnode::central

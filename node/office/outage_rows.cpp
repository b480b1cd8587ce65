#include "node/office/outage_rows.h"

namespace fieldnode::office {
namespace {

OutageRun run_from(db::Row const& row) {
  return {row.get<std::string>(0),
          {row.get<Milliseconds>(1), {row.get<UtcTime>(2), row.get<std::optional<UtcTime>>(3)}},
          {row.get<Milliseconds>(4), {row.get<UtcTime>(5), row.get<std::optional<UtcTime>>(6)}},
          row.get<std::uint32_t>(7),
          static_cast<rules::OutageCause>(row.get<std::uint8_t>(8))};
}

}  // namespace

std::vector<OutageRun> OutageRows::all() {
  auto rows = connection_.prepare(
      "SELECT boot, began_since_boot, began_earliest, began_latest, last_since_boot, last_earliest, last_latest,"
      " attempts, cause FROM outage_run ORDER BY id");
  std::vector<OutageRun> runs;
  for (db::Row const row : rows) runs.push_back(run_from(row));
  return runs;
}

void OutageRows::put(OutageRun const& run) {
  connection_.prepare("DELETE FROM outage_run WHERE boot = :boot AND began_since_boot = :began")
      .bind(":boot", run.boot_id)
      .bind(":began", run.began.since_boot)
      .run();
  connection_
      .prepare(
          "INSERT INTO outage_run (boot, began_since_boot, began_earliest, began_latest, last_since_boot,"
          " last_earliest, last_latest, attempts, cause) VALUES (:boot, :began, :began_earliest, :began_latest, :last,"
          " :last_earliest, :last_latest, :attempts, :cause)")
      .bind(":boot", run.boot_id)
      .bind(":began", run.began.since_boot)
      .bind(":began_earliest", run.began.known.earliest)
      .bind(":began_latest", run.began.known.latest)
      .bind(":last", run.last.since_boot)
      .bind(":last_earliest", run.last.known.earliest)
      .bind(":last_latest", run.last.known.latest)
      .bind(":attempts", run.attempts)
      .bind(":cause", static_cast<std::int64_t>(run.cause))
      .run();
}

void OutageRows::clear() { connection_.prepare("DELETE FROM outage_run").run(); }

}  // namespace fieldnode::office

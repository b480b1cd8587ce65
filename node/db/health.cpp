#include "node/db/health.h"

#include <fmt/core.h>
#include <sqlite3.h>

#include <filesystem>

#include "node/db/data_file.h"
#include "node/db/transaction.h"

namespace fieldnode::db {
namespace {

/// A badly damaged file makes the check itself fail: that, too, is a finding.
template <class Function>
void collect(std::vector<std::string>& findings, Function const& function) {
  try {
    function();
  } catch (StorageError const& error) {
    if (error.fault() != StorageFault::kCorrupt) throw;
    findings.emplace_back(error.what());
  }
}

std::vector<std::string> findings_of(Connection& connection, std::string_view pragma) {
  std::vector<std::string> findings;
  collect(findings, [&] {
    auto statement = connection.prepare(pragma);
    for (Row const row : statement) findings.push_back(row.get<std::string>(0));
  });
  if (findings == std::vector<std::string>{"ok"}) findings.clear();
  return findings;
}

void add_broken_foreign_keys(Connection& connection, std::vector<std::string>& findings) {
  auto broken = connection.prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 100");
  for (Row const row : broken) {
    findings.push_back(fmt::format("row {} of {} points to a row of {} that does not exist",
                                   row.get<std::optional<std::int64_t>>(1).value_or(0), row.get<std::string_view>(0),
                                   row.get<std::string_view>(2)));
  }
}

constexpr std::string_view kRunTable = R"sql(
-- Whether the program that last wrote here stopped in good order.
CREATE TABLE IF NOT EXISTS run_state (
  only_row        INTEGER PRIMARY KEY CHECK (only_row = 1),
  stopped_cleanly INTEGER NOT NULL CHECK (stopped_cleanly IN (0, 1))
) STRICT;
)sql";

void set_stopped_cleanly(Connection& connection, bool cleanly) {
  connection
      .prepare(
          "INSERT INTO run_state (only_row, stopped_cleanly) VALUES (1, :cleanly)"
          " ON CONFLICT DO UPDATE SET stopped_cleanly = :cleanly")
      .bind(":cleanly", cleanly)
      .run();
}

}  // namespace

std::vector<std::string> quick_check(Connection& connection) { return findings_of(connection, "PRAGMA quick_check"); }

std::vector<std::string> integrity_check(Connection& connection) {
  auto findings = findings_of(connection, "PRAGMA integrity_check");
  collect(findings, [&] { add_broken_foreign_keys(connection, findings); });
  return findings;
}

Result<void> require_whole(Connection& connection) {
  auto const findings = integrity_check(connection);
  if (findings.empty()) return {};
  return refuse("storage_damaged", fmt::format("The database is damaged ({}): keep this file as it is, and restore the "
                                               "last backup that verifies.",
                                               findings.front()));
}

bool note_start(Connection& connection) {
  Transaction transaction(connection);
  connection.execute_script(kRunTable);
  bool const clean = connection.prepare("SELECT stopped_cleanly FROM run_state").maybe<bool>().value_or(true);
  set_stopped_cleanly(connection, false);
  transaction.commit();
  return clean;
}

void note_stop(Connection& connection) { set_stopped_cleanly(connection, true); }

std::optional<std::uint64_t> free_bytes(Connection& connection) {
  char const* const file = sqlite3_db_filename(connection.handle().raw(), "main");
  if (file == nullptr || *file == '\0') return std::nullopt;
  std::error_code unknown;
  auto const space = std::filesystem::space(directory_of(file), unknown);
  if (unknown) return std::nullopt;
  return space.available;
}

}  // namespace fieldnode::db

#include "node/db/migrations.h"

#include <fmt/core.h>

#include <algorithm>

#include "node/db/transaction.h"
#include "sync/base/check.h"

namespace fieldnode::db {
namespace {

constexpr std::string_view kRecordTable = R"sql(
-- Which migrations made this file, and from which text.
CREATE TABLE IF NOT EXISTS schema_migrations (
  number    INTEGER PRIMARY KEY,  -- 1, 2, 3, ...; the last one is user_version
  name      TEXT NOT NULL,
  text_hash INTEGER NOT NULL      -- FNV-1a of the SQL text, 64 bits
) STRICT;
)sql";

void check_numbers(std::span<Migration const> migrations) {
  int expected = 1;
  for (auto const& migration : migrations)
    check(migration.number == expected++, "migrations are numbered 1, 2, 3, ...");
}

Result<void> refuse_newer(int version, std::span<Migration const> migrations) {
  if (version <= static_cast<int>(migrations.size())) return {};
  return refuse("newer_database",
                fmt::format("The database was written by a newer release (schema {}, this program knows {}): install "
                            "that release again, or restore the backup made before the upgrade.",
                            version, migrations.size()));
}

Refusal changed_migration(Migration const& migration) {
  return refuse("changed_migration",
                fmt::format("The database was made by another text of migration {} ({}) than this program carries: "
                            "install the release that made it, and report this.",
                            migration.number, migration.name));
}

Result<void> require_same_texts(Connection& connection, int version, std::span<Migration const> migrations) {
  for (auto const& migration : migrations.first(static_cast<std::size_t>(version))) {
    auto recorded = connection.prepare("SELECT text_hash FROM schema_migrations WHERE number = :number");
    recorded.bind(":number", migration.number);
    if (recorded.maybe<std::uint64_t>() != text_hash(migration.sql)) return changed_migration(migration);
  }
  return {};
}

Result<void> require_known(Connection& connection, int version, std::span<Migration const> migrations) {
  if (auto const newer = refuse_newer(version, migrations); !newer) return newer.error();
  if (version == 0) return {};
  return require_same_texts(connection, version, migrations);
}

void apply(Connection& connection, Migration const& migration) {
  connection.execute_script(migration.sql);
  check(connection.in_transaction(), "a migration must not end its transaction");
  connection.prepare("INSERT INTO schema_migrations (number, name, text_hash) VALUES (:number, :name, :text_hash)")
      .bind(":number", migration.number)
      .bind(":name", migration.name)
      .bind(":text_hash", text_hash(migration.sql))
      .run();
}

void require_sound_foreign_keys(Connection& connection) {
  auto broken = connection.prepare("SELECT \"table\", \"parent\" FROM pragma_foreign_key_check");
  auto const row = broken.next();
  if (!row) return;
  throw BrokenWorld(fmt::format("after the migration rows of {} point to rows of {} that do not exist",
                                row->get<std::string_view>(0), row->get<std::string_view>(1)));
}

/// SQLite ignores this switch inside a transaction, so it is set around it.
class ForeignKeysOff {
 public:
  explicit ForeignKeysOff(Connection& connection) : connection_(connection) {
    connection.execute("PRAGMA foreign_keys = OFF");
  }
  ForeignKeysOff(ForeignKeysOff const&) = delete;
  ForeignKeysOff& operator=(ForeignKeysOff const&) = delete;
  ~ForeignKeysOff() { connection_.handle().execute_or_remember("PRAGMA foreign_keys = ON"); }

 private:
  Connection& connection_;
};

void upgrade(Connection& connection, std::span<Migration const> steps) {
  ForeignKeysOff const off(connection);
  Transaction transaction(connection);
  connection.execute_script(kRecordTable);
  for (auto const& step : steps) apply(connection, step);
  require_sound_foreign_keys(connection);
  connection.execute(fmt::format("PRAGMA user_version = {}", steps.back().number));
  transaction.commit();
}

Refusal migration_failed(int from, std::span<Migration const> steps, std::string what) {
  std::ranges::replace(what, '\n', ' ');  // a statement has many lines, a sentence one
  return refuse("migration_failed",
                fmt::format("The database could not be brought from schema {} to this release's {} ({}). It is as it "
                            "was: install the release that made it again, and report this.",
                            from, steps.back().number, what));
}

/// What the release got wrong is a refusal; what the disk did is not the release's fault, and goes on as it came.
Result<void> try_upgrade(Connection& connection, int from, std::span<Migration const> steps) {
  try {
    upgrade(connection, steps);
    return {};
  } catch (StorageError const&) {
    throw;
  } catch (BrokenWorld const& error) {
    return migration_failed(from, steps, error.what());
  }
}

}  // namespace

std::uint64_t text_hash(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (char const c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001B3u;
  }
  return hash;
}

int schema_version(Connection& connection) { return connection.prepare("PRAGMA user_version").one<int>(); }

Result<MigrationOutcome> migrate(Connection& connection, std::span<Migration const> migrations) {
  check_numbers(migrations);
  int const from = schema_version(connection);
  if (auto const known = require_known(connection, from, migrations); !known) return known.error();
  auto const steps = migrations.subspan(static_cast<std::size_t>(from));
  if (steps.empty()) return MigrationOutcome{from, from};
  if (auto const upgraded = try_upgrade(connection, from, steps); !upgraded) return upgraded.error();
  return MigrationOutcome{from, static_cast<int>(migrations.size())};
}

Result<void> require_schema(Connection& connection, std::span<Migration const> migrations) {
  check_numbers(migrations);
  int const version = schema_version(connection);
  if (auto const known = require_known(connection, version, migrations); !known) return known.error();
  if (version == static_cast<int>(migrations.size())) return {};
  return refuse("older_database",
                fmt::format("The database is of an older release (schema {}, this program needs {}): start the service "
                            "once, it upgrades the file.",
                            version, migrations.size()));
}

}  // namespace fieldnode::db

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "node/db/connection.h"

namespace fieldnode::db {

/// One step of the schema. Shape: numbers run 1, 2, 3, ... in order; a released text never changes again.
struct Migration {
  int number{};
  std::string_view name;
  std::string_view sql;
};

struct MigrationOutcome {
  int from{};
  int to{};
};

/// FNV-1a, 64 bits: the same for the same text on every machine and in every release. Guards against mistakes, not
/// against malice.
[[nodiscard]] std::uint64_t text_hash(std::string_view text);

/// The number of the last migration in the file, 0 for a new one.
[[nodiscard]] int schema_version(Connection& connection);

/// Brings the file to the last of `migrations`. All steps of one upgrade are one transaction: when any of them fails
/// the file is as the older program left it, and that program can still open it. Foreign keys are checked at the end,
/// not meanwhile, so that a step may rebuild a table. Errors: newer_database, changed_migration, migration_failed
/// naming the statement that failed; StorageError.
[[nodiscard]] Result<MigrationOutcome> migrate(Connection& connection, std::span<Migration const> migrations);

/// For who only reads: says whether the file has exactly these migrations.
/// Errors: newer_database, older_database, changed_migration.
[[nodiscard]] Result<void> require_schema(Connection& connection, std::span<Migration const> migrations);

}  // namespace fieldnode::db

#include "node/db/error.h"

#include <fmt/core.h>
#include <sqlite3.h>

namespace fieldnode::db {
namespace {

std::string_view advice_of(StorageFault fault) {
  switch (fault) {
    case StorageFault::kFull:
      return "The disk is full, so nothing more is saved; reading and printing still work. Free some space on it, then "
             "restart the service.";
    case StorageFault::kIo:
      return "The disk reports errors, so nothing more is saved; reading and printing still work. Export what is not "
             "delivered yet, have the disk checked, then restart the service.";
    case StorageFault::kCorrupt:
      return "The database file is damaged, so nothing more is saved. Export what is not delivered yet, have the disk "
             "checked, then restore the last backup.";
    case StorageFault::kReadOnly:
      return "The database can no longer be written, so nothing more is saved; reading and printing still work. "
             "Remount the disk read-write or give the service back its permissions, then restart it.";
  }
  return "";
}

}  // namespace

DatabaseError::DatabaseError(int code, std::string_view message, std::string_view sql)
    : BrokenWorld(fmt::format("SQLite error {} ({}){}{}", code, message, sql.empty() ? "" : " in: ", sql)),
      code_(code),
      sql_(sql) {}

ConstraintError::ConstraintError(int code, std::string_view message, std::string_view sql)
    : DatabaseError(code, message, sql) {}

ConstraintKind ConstraintError::kind() const {
  switch (code()) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return ConstraintKind::kUnique;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return ConstraintKind::kForeignKey;
    case SQLITE_CONSTRAINT_CHECK:
      return ConstraintKind::kCheck;
    case SQLITE_CONSTRAINT_NOTNULL:
      return ConstraintKind::kNotNull;
    default:
      return ConstraintKind::kOther;
  }
}

StorageError::StorageError(StorageFault fault, int code, std::string_view message, std::string_view sql)
    : DatabaseError(code, message, sql), fault_(fault) {}

Refusal refusal_of(StorageError const& error) {
  return refuse("storage_failed", fmt::format("{} (SQLite error {})", advice_of(error.fault()), error.code()));
}

}  // namespace fieldnode::db

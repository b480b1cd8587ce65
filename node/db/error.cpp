#include "node/db/error.h"

#include <fmt/core.h>
#include <sqlite3.h>

namespace fieldnode::db {

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

}  // namespace fieldnode::db

#pragma once

#include <string>
#include <string_view>

#include "sync/base/result.h"

namespace fieldnode::db {

/// SQLite gave up on a statement. The message names SQLite's code, its words and the statement's text; bound values
/// never stand in it, so it may be logged.
class DatabaseError : public BrokenWorld {
 public:
  DatabaseError(int code, std::string_view message, std::string_view sql);

  /// SQLite's extended result code.
  [[nodiscard]] int code() const { return code_; }
  [[nodiscard]] std::string const& sql() const { return sql_; }

 private:
  int code_;
  std::string sql_;
};

enum class ConstraintKind { kUnique, kForeignKey, kCheck, kNotNull, kOther };

/// A row was turned away by the schema. The database is as sound as before.
class ConstraintError final : public DatabaseError {
 public:
  ConstraintError(int code, std::string_view message, std::string_view sql);

  [[nodiscard]] ConstraintKind kind() const;
};

enum class StorageFault { kFull, kIo, kCorrupt, kReadOnly };

/// The disk or the file failed. Nothing more may be written over this connection until somebody has looked.
class StorageError final : public DatabaseError {
 public:
  StorageError(StorageFault fault, int code, std::string_view message, std::string_view sql);

  [[nodiscard]] StorageFault fault() const { return fault_; }

 private:
  StorageFault fault_;
};

/// What a storage fault means for the people in the office, and what to do: code `storage_failed`.
[[nodiscard]] Refusal refusal_of(StorageError const& error);

}  // namespace fieldnode::db

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "node/db/error.h"
#include "node/db/lock_file.h"

struct sqlite3;
struct sqlite3_stmt;

namespace fieldnode::db {

struct CloseDatabase {
  void operator()(sqlite3* database) const;
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const;
};
using OwnedDatabase = std::unique_ptr<sqlite3, CloseDatabase>;
using OwnedStatement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// What a connection owns and its statements share. Inside this room only.
class Handle {
 public:
  /// `lock` is given back after the database is closed, never before.
  Handle(OwnedDatabase database, std::optional<LockFile> lock);
  ~Handle();
  Handle(Handle const&) = delete;
  Handle& operator=(Handle const&) = delete;

  [[nodiscard]] sqlite3* raw() const { return database_.get(); }

  /// Statements of one text. The address is stable while the handle lives.
  struct Shelf {
    std::string sql;
    std::vector<OwnedStatement> idle;
  };
  struct Taken {
    OwnedStatement statement;
    Shelf* shelf{};  ///< nullptr: not kept after use
  };
  [[nodiscard]] Taken take(std::string_view sql);
  /// Takes back a statement that was reset and cleared.
  void give_back(Taken taken) noexcept;

  /// Throws what `code` means; a storage fault is remembered before it is thrown.
  [[noreturn]] void fail(int code, std::string_view sql);
  /// Runs a statement without parameters and rows. Errors: as `fail`.
  void execute(std::string const& sql);
  /// For destructors: a failure is not thrown, a storage fault is remembered.
  void execute_or_remember(char const* sql) noexcept;

  /// The first storage fault this connection ever met, even if whoever met it swallowed the exception.
  [[nodiscard]] std::optional<StorageError> const& storage_fault() const { return storage_fault_; }
  void forget_storage_fault() { storage_fault_.reset(); }

  [[nodiscard]] int wal_pages() const { return wal_pages_; }
  void set_wal_pages(int pages) { wal_pages_ = pages; }

 private:
  [[nodiscard]] OwnedStatement prepare(std::string_view sql);
  void remember(int code, std::string_view message, std::string_view sql);

  std::optional<LockFile> lock_;
  OwnedDatabase database_;
  std::unordered_map<std::string_view, std::unique_ptr<Shelf>> shelves_;
  std::optional<StorageError> storage_fault_;
  int taken_{0};
  int wal_pages_{0};
};

}  // namespace fieldnode::db

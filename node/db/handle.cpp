#include "node/db/handle.h"

#include <sqlite3.h>

#include "sync/base/check.h"

namespace fieldnode::db {
namespace {

/// Texts are literals in the program, so a few hundred is all of them; one built at run time must not pile up here.
constexpr std::size_t kShelvesMax = 512;
/// More than this of one text are only ever in use through recursion.
constexpr std::size_t kIdlePerShelfMax = 4;

std::optional<StorageFault> storage_fault_of(int code) {
  if (code == SQLITE_IOERR_NOMEM) return std::nullopt;  // out of memory, the disk is well
  // Growing the WAL's index writes to the disk as well, but SQLite passes its ENOSPC on under this name.
  if (code == SQLITE_IOERR_SHMSIZE) return StorageFault::kFull;
  switch (code & 0xff) {
    case SQLITE_FULL:
      return StorageFault::kFull;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return StorageFault::kIo;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return StorageFault::kCorrupt;
    case SQLITE_READONLY:
      return StorageFault::kReadOnly;
    default:
      return std::nullopt;
  }
}

int note_wal_pages(void* handle, sqlite3*, char const*, int pages) {
  static_cast<Handle*>(handle)->set_wal_pages(pages);
  return SQLITE_OK;
}

bool only_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n;") == std::string_view::npos; }

}  // namespace

void CloseDatabase::operator()(sqlite3* database) const {
  check(sqlite3_close(database) == SQLITE_OK, "a statement or backup outlives its database connection");
}

void FinalizeStatement::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Handle::Handle(OwnedDatabase database, std::optional<LockFile> lock)
    : lock_(std::move(lock)), database_(std::move(database)) {
  // This hook takes the place of SQLite's own, and so switches automatic checkpoints off.
  sqlite3_wal_hook(raw(), note_wal_pages, this);
}

Handle::~Handle() { check(taken_ == 0, "a Statement outlives its Connection"); }

OwnedStatement Handle::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  char const* tail = nullptr;
  int const code =
      sqlite3_prepare_v3(raw(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, &tail);
  if (code != SQLITE_OK) fail(code, sql);
  OwnedStatement owned(statement);
  check(owned != nullptr, "an empty SQL text was prepared");
  check(only_blank(sql.substr(static_cast<std::size_t>(tail - sql.data()))),
        "prepare takes one SQL statement; use execute_script for several");
  return owned;
}

Handle::Taken Handle::take(std::string_view sql) {
  auto found = shelves_.find(sql);
  if (found == shelves_.end() && shelves_.size() < kShelvesMax) {
    auto shelf = std::make_unique<Shelf>(Shelf{std::string(sql), {}});
    std::string_view const key = shelf->sql;
    found = shelves_.emplace(key, std::move(shelf)).first;
  }
  Shelf* const shelf = found == shelves_.end() ? nullptr : found->second.get();
  Taken taken{nullptr, shelf};
  if (shelf != nullptr && !shelf->idle.empty()) {
    taken.statement = std::move(shelf->idle.back());
    shelf->idle.pop_back();
  } else {
    taken.statement = prepare(sql);
  }
  ++taken_;
  return taken;
}

void Handle::give_back(Taken taken) noexcept {
  --taken_;
  if (taken.shelf == nullptr || taken.shelf->idle.size() >= kIdlePerShelfMax) return;
  taken.shelf->idle.push_back(std::move(taken.statement));
}

void Handle::remember(int code, std::string_view message, std::string_view sql) {
  auto const fault = storage_fault_of(code);
  if (fault && !storage_fault_) storage_fault_.emplace(*fault, code, message, sql);
}

void Handle::fail(int code, std::string_view sql) {
  // The connection knows the extended code and its own words, unless the failure was not the connection's last.
  bool const is_last = (sqlite3_errcode(raw()) & 0xff) == (code & 0xff);
  if (is_last) code = sqlite3_extended_errcode(raw());
  std::string const message = is_last ? sqlite3_errmsg(raw()) : sqlite3_errstr(code);
  remember(code, message, sql);
  if (auto const fault = storage_fault_of(code)) throw StorageError(*fault, code, message, sql);
  if ((code & 0xff) == SQLITE_CONSTRAINT) throw ConstraintError(code, message, sql);
  throw DatabaseError(code, message, sql);
}

void Handle::execute(std::string const& sql) {
  int const code = sqlite3_exec(raw(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code, sql);
}

void Handle::execute_or_remember(char const* sql) noexcept {
  int const code = sqlite3_exec(raw(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) remember(sqlite3_extended_errcode(raw()), sqlite3_errmsg(raw()), sql);
}

}  // namespace fieldnode::db

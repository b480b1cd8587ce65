#include "node/db/connection.h"

#include <fmt/core.h>
#include <sqlite3.h>

#include <array>
#include <utility>

#include "node/db/data_file.h"

namespace fieldnode::db {
namespace {

namespace fs = std::filesystem;

fs::path with_suffix(fs::path path, std::string_view suffix) { return path += suffix; }

std::unique_ptr<Handle> open_handle(std::string const& name, int flags, OpenOptions const& options,
                                    std::optional<LockFile> lock) {
  sqlite3* raw = nullptr;
  int const code = sqlite3_open_v2(name.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                   options.vfs.empty() ? nullptr : options.vfs.c_str());
  OwnedDatabase database(raw);
  if (database == nullptr) throw BrokenWorld("out of memory while opening the database");
  auto handle = std::make_unique<Handle>(std::move(database), std::move(lock));
  if (code != SQLITE_OK) handle->fail(code, fmt::format("open {}", name));
  return handle;
}

void switch_setting(Handle& handle, int setting, int on) {
  int const code = sqlite3_db_config(handle.raw(), setting, on, nullptr);
  if (code != SQLITE_OK) handle.fail(code, "sqlite3_db_config");
}

/// What holds for each kind of connection: the file is input, and may be hostile.
void harden(Handle& handle, OpenOptions const& options) {
  switch_setting(handle, SQLITE_DBCONFIG_DEFENSIVE, 1);
  switch_setting(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
  switch_setting(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);
  switch_setting(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1);
  switch_setting(handle, SQLITE_DBCONFIG_DQS_DML, 0);  // "name" is never a string: a typing error must not pass
  switch_setting(handle, SQLITE_DBCONFIG_DQS_DDL, 0);
  sqlite3_busy_timeout(handle.raw(), static_cast<int>(options.busy_timeout.count()));
  handle.execute("PRAGMA cell_size_check = ON");
  handle.execute("PRAGMA temp_store = MEMORY");  // no row may reach a temp file
  if (options.exclusive) handle.execute("PRAGMA locking_mode = EXCLUSIVE");
}

Refusal not_this_database(std::string const& name) {
  return refuse("not_this_database",
                fmt::format("{} is not a database of this program, or its first page is damaged: check the data "
                            "directory in the configuration, or restore the last backup.",
                            name));
}

/// True if the file carries our id, or nobody's and nothing else either: then it is new.
/// Errors: StorageError.
bool is_ours_or_new(Handle& handle, OpenOptions const& options) {
  auto const id = Statement(handle, "PRAGMA application_id").one<std::int64_t>();
  if (id == static_cast<std::int32_t>(options.application_id)) return true;
  return id == 0 && Statement(handle, "SELECT count(*) FROM sqlite_schema").one<std::int64_t>() == 0;
}

Result<void> require_ours(Handle& handle, std::string const& name, OpenOptions const& options) {
  try {
    if (is_ours_or_new(handle, options)) return {};
  } catch (StorageError const& error) {
    if (error.code() != SQLITE_NOTADB) throw;
  }
  return not_this_database(name);
}

void write_application_id(Handle& handle, OpenOptions const& options) {
  if (Statement(handle, "PRAGMA application_id").one<std::int64_t>() != 0) return;
  handle.execute(fmt::format("PRAGMA application_id = {}", static_cast<std::int32_t>(options.application_id)));
}

/// Only after `require_ours`: a file that is somebody else's stays as it is.
void set_up_writer(Handle& handle, OpenOptions const& options) {
  auto const mode = Statement(handle, "PRAGMA journal_mode = WAL").one<std::string>();
  if (mode != "wal") throw DatabaseError(SQLITE_ERROR, "the file does not take WAL mode but " + mode, "journal_mode");
  handle.execute("PRAGMA synchronous = FULL");
  handle.execute("PRAGMA secure_delete = ON");  // what was erased must not stay in free pages
  handle.execute("PRAGMA journal_size_limit = 16777216");
  write_application_id(handle, options);
}

Result<LockFile> claim_file(fs::path const& path) {
  if (auto const local = require_local_disk(path); !local) return local.error();
  auto lock = LockFile::take(with_suffix(path, ".lock"));
  if (!lock) return lock.error();
  if (auto const created = create_private_file(path); !created) return created.error();
  return lock;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (char const c : text) {
    bool const plain = c != '%' && c != '?' && c != '#' && static_cast<unsigned char>(c) > ' ';
    encoded += plain ? std::string(1, c) : fmt::format("%{:02x}", static_cast<unsigned char>(c));
  }
  return encoded;
}

/// Where nothing can be written, SQLite cannot make the WAL's index; a database without WAL needs none and is then
/// opened as one that nobody changes.
std::string reader_name(fs::path const& path) {
  std::error_code missing;
  auto const wal_size = fs::file_size(with_suffix(path, "-wal"), missing);
  bool const has_wal = !missing && wal_size > 0;
  if (has_wal || directory_is_writable(path)) return path.string();
  return "file://" + percent_encoded(fs::absolute(path).string()) + "?immutable=1";
}

Result<void> require_readable_file(fs::path const& path) {
  if (auto const local = require_local_disk(path); !local) return local.error();
  std::error_code error;
  if (fs::is_regular_file(path, error)) return {};
  return refuse("no_database", fmt::format("There is no database at {}: check the data directory in the configuration, "
                                           "or set this node up first.",
                                           path.string()));
}

using OpenedHandle = Result<std::unique_ptr<Handle>>;

OpenedHandle open_writing_handle(fs::path const& path, OpenOptions const& options, std::optional<LockFile> lock) {
  auto handle = open_handle(path.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, options, std::move(lock));
  // Without the right to write SQLite quietly opens read-only.
  if (sqlite3_db_readonly(handle->raw(), "main") == 1) return refuse_file(path, EACCES);
  harden(*handle, options);
  if (auto const ours = require_ours(*handle, path.string(), options); !ours) return ours.error();
  set_up_writer(*handle, options);
  return handle;
}

OpenedHandle open_reading_handle(fs::path const& path, OpenOptions const& options) {
  auto const name = options.vfs.empty() ? reader_name(path) : path.string();
  auto handle = open_handle(name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, options, std::nullopt);
  switch_setting(*handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1);
  harden(*handle, options);
  handle->execute("PRAGMA query_only = ON");
  if (auto const ours = require_ours(*handle, path.string(), options); !ours) return ours.error();
  return handle;
}

/// A writer was killed before the file took WAL mode: its rollback journal lies there, and only a writer may play it
/// back.
Result<Connection> read_after_rollback(fs::path const& path, OpenOptions const& options) {
  if (auto const writer = Connection::open_writer(path, options); !writer) return writer.error();
  return Connection::open_reader(path, options);
}

}  // namespace

Result<Connection> Connection::open_writer(fs::path const& path, OpenOptions const& options) {
  std::optional<LockFile> lock;
  if (options.vfs.empty()) {
    auto claimed = claim_file(path);
    if (!claimed) return claimed.error();
    lock.emplace(std::move(*claimed));
  }
  try {
    auto handle = open_writing_handle(path, options, std::move(lock));
    if (!handle) return handle.error();
    return Connection(std::move(*handle));
  } catch (StorageError const& error) {
    return refusal_of(error);
  }
}

Result<Connection> Connection::open_reader(fs::path const& path, OpenOptions const& options) {
  if (options.vfs.empty()) {
    if (auto const readable = require_readable_file(path); !readable) return readable.error();
  }
  try {
    auto handle = open_reading_handle(path, options);
    if (!handle) return handle.error();
    return Connection(std::move(*handle));
  } catch (StorageError const& error) {
    if (error.code() == SQLITE_READONLY_ROLLBACK) return read_after_rollback(path, options);
    return refusal_of(error);
  }
}

Connection Connection::open_in_memory(OpenOptions const& options) {
  auto handle = open_handle(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, {}, std::nullopt);
  harden(*handle, options);
  write_application_id(*handle, options);
  return Connection(std::move(handle));
}

void Connection::execute_script(std::string_view script) {
  while (!script.empty()) {
    sqlite3_stmt* raw = nullptr;
    char const* tail = nullptr;
    int code = sqlite3_prepare_v3(handle_->raw(), script.data(), static_cast<int>(script.size()), 0, &raw, &tail);
    OwnedStatement const statement(raw);
    if (code != SQLITE_OK) handle_->fail(code, script.substr(0, 200));
    if (statement == nullptr) return;  // only blanks and comments were left
    do {
      code = sqlite3_step(raw);
    } while (code == SQLITE_ROW);
    if (code != SQLITE_DONE) handle_->fail(code, sqlite3_sql(raw));
    script.remove_prefix(static_cast<std::size_t>(tail - script.data()));
  }
}

std::int64_t Connection::last_insert_rowid() const { return sqlite3_last_insert_rowid(handle_->raw()); }

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_->raw()) == 0; }

bool Connection::has_broken_foreign_keys() const {
  int broken = 0;
  int unused = 0;
  sqlite3_db_status(handle_->raw(), SQLITE_DBSTATUS_DEFERRED_FKS, &broken, &unused, 0);
  return broken != 0;
}

bool Connection::checkpoint(CheckpointMode mode) {
  int const how = mode == CheckpointMode::kPassive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
  int in_wal = 0;
  int moved = 0;
  int const code = sqlite3_wal_checkpoint_v2(handle_->raw(), nullptr, how, &in_wal, &moved);
  if ((code & 0xff) == SQLITE_BUSY) return false;
  if (code != SQLITE_OK) handle_->fail(code, "checkpoint");
  handle_->set_wal_pages(in_wal < 0 ? 0 : in_wal - moved);
  return in_wal == moved;
}

void Connection::interrupt() { sqlite3_interrupt(handle_->raw()); }

}  // namespace fieldnode::db

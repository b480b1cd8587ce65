#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "node/db/error.h"
#include "node/db/statement.h"
#include "sync/base/result.h"
#include "sync/base/time.h"

namespace fieldnode::db {

struct OpenOptions {
  /// Stands in the file's header and tells whose file it is; each program has its own.
  std::uint32_t application_id{0x664E6F64};
  /// A registered SQLite VFS; empty: the machine's disk. Under any other VFS the file need not exist for the kernel, so
  /// the lock file, the file's mode and the check for network file systems are left out.
  std::string vfs{};
  /// Only this connection, for a VFS without shared memory: no reader can open the file.
  bool exclusive{false};
  /// How long SQLite waits for another connection's lock. Short: the one writer waits for nobody in daily work.
  Milliseconds busy_timeout{1000};
};

enum class CheckpointMode {
  kPassive,   ///< moves what no reader needs, waits for nobody
  kTruncate,  ///< waits for readers up to the busy timeout, moves all, empties the WAL
};

/// One SQLite connection, set up the one safe way for its kind. Thread: one at a time, any one.
class Connection {
 public:
  /// The one connection that writes and checkpoints. Creates the file (0600). WAL, synchronous=FULL, no automatic
  /// checkpoint, foreign keys on, deleted content overwritten, schema not trusted. Holds `<path>.lock` for its life.
  /// Errors: database_in_use, not_this_database, network_filesystem, storage_read_only, no_data_directory,
  /// storage_failed.
  [[nodiscard]] static Result<Connection> open_writer(std::filesystem::path const& path,
                                                      OpenOptions const& options = {});
  /// Reads only; never checkpoints. Reads from a read-only directory too.
  /// Errors: no_database, not_this_database, network_filesystem, storage_failed.
  [[nodiscard]] static Result<Connection> open_reader(std::filesystem::path const& path,
                                                      OpenOptions const& options = {});
  /// A writer without a file, gone with the object.
  [[nodiscard]] static Connection open_in_memory(OpenOptions const& options = {});

  Connection(Connection&&) noexcept = default;
  Connection& operator=(Connection&&) = delete;
  ~Connection() = default;

  /// One statement. Errors: DatabaseError when it does not fit the schema.
  [[nodiscard]] Statement prepare(std::string_view sql) { return Statement(*handle_, sql); }
  /// Prepares and runs one statement without parameters. Returns how many rows it changed.
  std::int64_t execute(std::string_view sql) { return prepare(sql).run(); }
  /// Runs every statement of a text, in order, outside the cache. Errors: as for Statement, naming the one that failed.
  void execute_script(std::string_view script);

  [[nodiscard]] std::int64_t last_insert_rowid() const;
  [[nodiscard]] bool in_transaction() const;
  /// True while a deferred foreign key is broken: COMMIT would fail.
  [[nodiscard]] bool has_broken_foreign_keys() const;

  /// Pages in the WAL after the last commit on this connection.
  [[nodiscard]] int wal_pages() const { return handle_->wal_pages(); }
  /// Moves the WAL into the database; only the writer may. True when everything was moved.
  /// Errors: StorageError; a reader in the way is no error.
  bool checkpoint(CheckpointMode mode);

  /// The first storage fault met on this connection, thrown or swallowed.
  [[nodiscard]] std::optional<StorageError> const& storage_fault() const { return handle_->storage_fault(); }
  void forget_storage_fault() { handle_->forget_storage_fault(); }

  /// Ends the statement that runs now with DatabaseError (SQLITE_INTERRUPT). Thread: any.
  void interrupt();

  /// For the rest of this room.
  [[nodiscard]] Handle& handle() { return *handle_; }

 private:
  explicit Connection(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}

  std::unique_ptr<Handle> handle_;
};

}  // namespace fieldnode::db

#include "node/db/backup.h"

#include <fmt/core.h>
#include <sqlite3.h>

#include "node/db/health.h"
#include "node/db/migrations.h"

namespace fieldnode::db {
namespace {

namespace fs = std::filesystem;

Refusal backup_failed(fs::path const& target, std::string_view why) {
  return refuse("backup_failed", fmt::format("The backup {} was not made ({}): check the disk or stick and its free "
                                             "space, then back up again.",
                                             target.string(), why));
}

/// The unfinished copy; removed unless it got its name.
class PartFile {
 public:
  PartFile(fs::path const& target, Folder& folder)
      : target_(target), folder_(folder), path_(fs::path(target) += ".part") {}
  PartFile(PartFile const&) = delete;
  PartFile& operator=(PartFile const&) = delete;
  ~PartFile() { remove(); }

  [[nodiscard]] fs::path const& path() const { return path_; }

  [[nodiscard]] Result<void> create() {
    remove();  // of a backup that was killed
    return folder_.create(path_);
  }
  void give_name() { folder_.rename(path_, target_); }

 private:
  void remove() {
    // What is left is named .part and taken by the next backup.
    for (auto const* suffix : {"", "-journal", "-wal", "-shm"}) folder_.remove(fs::path(path_) += suffix);
  }

  fs::path const& target_;
  Folder& folder_;
  fs::path path_;
};

struct FinishBackup {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

OwnedDatabase open_target(fs::path const& path, std::string const& vfs) {
  sqlite3* raw = nullptr;
  int const code = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, vfs.c_str());
  OwnedDatabase target(raw);
  if (code != SQLITE_OK) throw DatabaseError(code, sqlite3_errstr(code), "open the backup");
  return target;
}

void run_on_target(sqlite3* target, char const* sql) {
  int const code = sqlite3_exec(target, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw DatabaseError(code, sqlite3_errmsg(target), sql);
}

void copy_pages(sqlite3* source, sqlite3* target) {
  std::unique_ptr<sqlite3_backup, FinishBackup> const backup(sqlite3_backup_init(target, "main", source, "main"));
  if (backup == nullptr) throw DatabaseError(sqlite3_errcode(target), sqlite3_errmsg(target), "begin a backup");
  // All in one step: between two steps a commit of the writer would begin the copy anew.
  int const code = sqlite3_backup_step(backup.get(), -1);
  if (code != SQLITE_DONE) throw DatabaseError(code, sqlite3_errstr(code), "copy the database");
}

void copy_to(Connection& source, fs::path const& path, std::string const& vfs) {
  auto const target = open_target(path, vfs);
  run_on_target(target.get(), "PRAGMA locking_mode = EXCLUSIVE");
  run_on_target(target.get(), "PRAGMA synchronous = FULL");
  copy_pages(source.handle().raw(), target.get());
  run_on_target(target.get(), "PRAGMA journal_mode = DELETE");  // one file: a WAL beside it could be left behind
}

std::uintmax_t size_of(Connection& copy) {
  return copy.prepare("PRAGMA page_count").one<std::uint64_t>() * copy.prepare("PRAGMA page_size").one<std::uint64_t>();
}

Result<BackupOutcome> verify(Connection& source, fs::path const& path, std::string const& vfs) {
  auto const id = source.prepare("PRAGMA application_id").one<std::int32_t>();
  auto copy = Connection::open_reader(path, {.application_id = static_cast<std::uint32_t>(id), .vfs = vfs});
  if (!copy) return copy.error();
  auto const findings = quick_check(*copy);
  if (findings.empty()) return BackupOutcome{size_of(*copy), schema_version(*copy)};
  return refuse("backup_failed",
                fmt::format("the copy is damaged, and perhaps the database itself: {}", findings.front()));
}

Result<BackupOutcome> make(Connection& source, PartFile& part, fs::path const& target, std::string const& vfs) {
  if (auto const created = part.create(); !created) return created.error();
  copy_to(source, part.path(), vfs);
  auto outcome = verify(source, part.path(), vfs);
  if (!outcome) return backup_failed(target, outcome.error().sentence);
  part.give_name();
  return outcome;
}

}  // namespace

Result<BackupOutcome> back_up(Connection& source, fs::path const& target, Folder& folder) {
  if (folder.has(target)) {
    return refuse("backup_exists",
                  fmt::format("{} exists already: choose another name, or move it away.", target.string()));
  }
  PartFile part(target, folder);
  try {
    return make(source, part, target, folder.vfs());
  } catch (BrokenWorld const& error) {
    if (source.storage_fault()) throw;
    return backup_failed(target, error.what());
  }
}

}  // namespace fieldnode::db

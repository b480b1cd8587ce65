#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>

#include "node/db/writer.h"

namespace fieldnode::db {

/// Turns a group of jobs into one transaction, keeps the WAL short and knows when to stop: the part that both writers
/// share. Thread: one at a time; `failure`, `counts` and `stop_writing` any.
class Committer {
 public:
  explicit Committer(Connection connection) : connection_(std::move(connection)) {}

  [[nodiscard]] Connection& connection() { return connection_; }

  /// Performs all of `jobs` in one transaction, each in its own savepoint, commits, and only then delivers.
  void commit(std::span<std::unique_ptr<Job> const> jobs);
  /// Empties the WAL into the database, if the disk still works: the last thing before the connection is closed.
  void finish();

  [[nodiscard]] std::optional<Refusal> failure() const;
  void stop_writing(Refusal reason);
  [[nodiscard]] Result<void> resume();
  /// True in a safe mode that `resume` may end: the disk was full.
  [[nodiscard]] bool may_resume() const;
  [[nodiscard]] WriterCounts counts() const;

 private:
  void perform_group(std::span<std::unique_ptr<Job> const> jobs);
  void perform_in_savepoint(Job& job);
  void enter_safe_mode(StorageError const& error);
  void set_failure(Refusal reason, bool can_resume);
  void replace_failure(Refusal reason);
  void tidy_wal();
  void prove_room();
  void count(std::size_t jobs);

  Connection connection_;
  bool in_group_{false};
  mutable std::mutex mutex_;
  std::optional<Refusal> failure_;  // guarded by mutex_
  bool can_resume_{false};          // guarded by mutex_
  WriterCounts counts_;             // guarded by mutex_
};

}  // namespace fieldnode::db

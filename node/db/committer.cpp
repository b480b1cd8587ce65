#include "node/db/committer.h"

#include <fmt/core.h>
#include <sqlite3.h>

#include "node/db/transaction.h"
#include "sync/base/check.h"

namespace fieldnode::db {
namespace {

/// SQLite's own threshold: at 4 KiB a page 4 MiB of WAL.
constexpr int kWalPagesTidy = 1000;
/// From here on readers are waited for (busy timeout), else a chain of overlapping reads would let the WAL grow for
/// ever.
constexpr int kWalPagesHigh = 16000;

void refuse_all(std::span<std::unique_ptr<Job> const> jobs, Refusal const& refusal) {
  for (auto const& job : jobs) job->refuse(refusal);
}

}  // namespace

void Committer::commit(std::span<std::unique_ptr<Job> const> jobs) {
  check(!in_group_, "a job must not submit another job and wait for it");
  in_group_ = true;
  if (auto const refusal = failure()) {
    refuse_all(jobs, *refusal);
  } else {
    perform_group(jobs);
  }
  in_group_ = false;
  count(jobs.size());
  for (auto const& job : jobs) job->deliver();
  tidy_wal();
}

void Committer::perform_group(std::span<std::unique_ptr<Job> const> jobs) {
  try {
    Transaction transaction(connection_);
    for (auto const& job : jobs) perform_in_savepoint(*job);
    transaction.commit();
  } catch (StorageError const& error) {
    enter_safe_mode(error);
    refuse_all(jobs, failure().value());
  } catch (BrokenWorld const&) {  // out of memory, or locked by a foreign tool: each caller hears of it
    for (auto const& job : jobs) job->fail(std::current_exception());
  }
}

void Committer::perform_in_savepoint(Job& job) {
  Savepoint savepoint(connection_);
  bool const keep = job.perform(connection_);
  // The connection is asked, not the job: it may have swallowed the exception.
  if (auto const& fault = connection_.storage_fault()) throw StorageError(*fault);
  if (!connection_.in_transaction()) {
    throw DatabaseError(SQLITE_ABORT, "the transaction was ended beneath a job; nothing of it was saved", "");
  }
  if (!keep) return;
  if (connection_.has_broken_foreign_keys()) {  // else COMMIT would fail, and take the other jobs with it
    job.fail(std::make_exception_ptr(
        ConstraintError(SQLITE_CONSTRAINT_FOREIGNKEY, "a job leaves a deferred foreign key broken", "")));
    return;
  }
  savepoint.release();
}

void Committer::enter_safe_mode(StorageError const& error) {
  set_failure(refusal_of(error), error.fault() == StorageFault::kFull);
}

void Committer::tidy_wal() {
  if (connection_.wal_pages() < kWalPagesTidy || failure()) return;
  bool const high = connection_.wal_pages() >= kWalPagesHigh;
  try {
    connection_.checkpoint(high ? CheckpointMode::kTruncate : CheckpointMode::kPassive);
  } catch (StorageError const& error) {  // what was committed is safe in the WAL
    enter_safe_mode(error);
  } catch (BrokenWorld const& error) {
    stop_writing(refuse("storage_failed", fmt::format("The database's log could not be moved into it ({}), so nothing "
                                                      "more is saved: restart the service.",
                                                      error.what())));
  }
}

void Committer::finish() {
  if (failure()) return;
  try {
    connection_.checkpoint(CheckpointMode::kTruncate);
  } catch (StorageError const& error) {
    enter_safe_mode(error);
  }
}

std::optional<Refusal> Committer::failure() const {
  std::lock_guard const lock(mutex_);
  return failure_;
}

void Committer::stop_writing(Refusal reason) { set_failure(std::move(reason), false); }

void Committer::set_failure(Refusal reason, bool can_resume) {
  std::lock_guard const lock(mutex_);
  if (failure_) return;
  failure_ = std::move(reason);
  can_resume_ = can_resume;
}

/// Writes some pages and moves them into the database: a single page might fit where daily work does not.
void Committer::prove_room() {
  connection_.execute("CREATE TABLE IF NOT EXISTS room_probe AS SELECT zeroblob(262144) AS filler");
  connection_.checkpoint(CheckpointMode::kPassive);
  connection_.execute("DROP TABLE room_probe");
  connection_.checkpoint(CheckpointMode::kPassive);
}

Result<void> Committer::resume() {
  {
    std::lock_guard const lock(mutex_);
    if (!failure_) return {};
    if (!can_resume_) return *failure_;
  }
  connection_.forget_storage_fault();
  try {
    prove_room();
  } catch (StorageError const& error) {
    if (error.fault() != StorageFault::kFull) replace_failure(refusal_of(error));
    return refusal_of(error);
  }
  std::lock_guard const lock(mutex_);
  failure_.reset();
  return {};
}

bool Committer::may_resume() const {
  std::lock_guard const lock(mutex_);
  return failure_ && can_resume_;
}

/// While room was looked for something worse was found, and that ends the looking.
void Committer::replace_failure(Refusal reason) {
  std::lock_guard const lock(mutex_);
  failure_ = std::move(reason);
  can_resume_ = false;
}

WriterCounts Committer::counts() const {
  std::lock_guard const lock(mutex_);
  return counts_;
}

void Committer::count(std::size_t jobs) {
  std::lock_guard const lock(mutex_);
  counts_.jobs += jobs;
  if (!failure_) ++counts_.commits;
}

}  // namespace fieldnode::db

#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "node/db/job.h"

namespace fieldnode::db {

struct WriterCounts {
  std::uint64_t jobs{};     ///< jobs that were answered
  std::uint64_t commits{};  ///< transactions they shared
};

/// The one place where a database is written. A job is a function over the writing connection; it runs in a savepoint
/// of its own inside a transaction that it may share with jobs of other callers. If it throws or returns a refusal,
/// only its own changes are undone. Its caller learns the result after COMMIT has succeeded, so what a caller was told
/// is on disk. A job must not begin, commit or roll back a transaction, submit another job, or keep the connection.
///
/// A failing disk (full, I/O error, corrupt, read-only) ends all writing: safe mode. Every job of that transaction and
/// every later one is refused with `storage_failed`; whether the last change reached the disk is then unknown, so a
/// caller repeats it under the same idempotency id after the fault is mended.
class Writer {
 public:
  virtual ~Writer() = default;

  /// Hands `function(Connection&)` over and returns at once. The future gives Result<X> for functions that return X or
  /// Result<X>, or rethrows what the function threw.
  /// Errors: storage_failed in safe mode; writer_busy when too many jobs wait; writer_stopped after the end.
  /// Thread: any.
  template <class Function>
  [[nodiscard]] auto submit(Function&& function) {
    auto job = std::make_unique<JobOf<std::decay_t<Function>>>(std::forward<Function>(function));
    auto future = job->future();
    enqueue(std::move(job));
    return future;
  }

  /// As `submit`, and waits. What `function` refers to need live only as long as the call.
  ///
  ///     Result<Seq> seq = writer.run([&](Connection& connection) -> Result<Seq> { ... });
  template <class Function>
  auto run(Function&& function) {
    return submit(std::ref(function)).get();
  }

  /// Why nothing is written any more; nothing while all is well. Thread: any.
  [[nodiscard]] virtual std::optional<Refusal> failure() const = 0;
  /// Enters safe mode for a reason found elsewhere: a reader met a damaged page, a check failed. The first reason
  /// stays. Thread: any.
  virtual void stop_writing(Refusal reason) = 0;
  /// Leaves safe mode after a full disk was given room, proven by writing. Any other fault needs a restart.
  /// Errors: the refusal of `failure` while it stands. Thread: any.
  [[nodiscard]] virtual Result<void> resume() = 0;
  [[nodiscard]] virtual WriterCounts counts() const = 0;

 protected:
  virtual void enqueue(std::unique_ptr<Job> job) = 0;
};

}  // namespace fieldnode::db

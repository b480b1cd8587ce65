#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "node/db/committer.h"

namespace fieldnode::db {

struct WriterOptions {
  /// How often room is looked for after the disk was full. Long enough that the probe's quarter of a megabyte does not
  /// wear the disk out, short enough that nobody restarts the program meanwhile.
  Milliseconds probe_every{5'000};
};

/// A writer with a thread of its own, which alone uses the connection. While it waits for the disk, the jobs of other
/// callers gather; they then share the next transaction, so that many clerks cost one fsync. After a full disk it looks
/// for room by itself and goes on writing once a probe is on disk. Thread: any.
class WriterThread final : public Writer {
 public:
  explicit WriterThread(Connection connection, WriterOptions const& options = {});
  WriterThread(WriterThread const&) = delete;
  WriterThread& operator=(WriterThread const&) = delete;
  ~WriterThread() override;

  /// Takes no more jobs, ends those that wait, empties the WAL into the database. Not from within a job.
  void stop();

  [[nodiscard]] std::optional<Refusal> failure() const override { return committer_.failure(); }
  void stop_writing(Refusal reason) override { committer_.stop_writing(std::move(reason)); }
  [[nodiscard]] Result<void> resume() override;
  [[nodiscard]] WriterCounts counts() const override { return committer_.counts(); }

 private:
  using Group = std::vector<std::unique_ptr<Job>>;

  void enqueue(std::unique_ptr<Job> job) override;
  [[nodiscard]] std::optional<Refusal> try_enqueue(std::unique_ptr<Job>& job);
  void work();
  /// Waits for work, but no longer than until room is to be looked for. Nothing: there is none and none will come.
  [[nodiscard]] std::optional<Group> next_group();

  WriterOptions const options_;
  Committer committer_;
  std::mutex committing_;  // held while committer_ writes: the thread's, save for resume()
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Job>> waiting_;  // guarded by mutex_
  bool stopping_{false};                      // guarded by mutex_
  std::thread thread_;                        // starts last: it uses all above
  std::thread::id const thread_id_;           // thread_ forgets its own when it ends
};

}  // namespace fieldnode::db

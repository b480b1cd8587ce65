#pragma once

#include <array>

#include "node/db/committer.h"

namespace fieldnode::db {

/// A writer without a thread: a job is done, committed and answered before `submit` returns. For programs of one
/// thread: command line tools, simulators, tests. Thread: one at a time.
class InlineWriter final : public Writer {
 public:
  explicit InlineWriter(Connection connection) : committer_(std::move(connection)) {}
  InlineWriter(InlineWriter const&) = delete;
  InlineWriter& operator=(InlineWriter const&) = delete;
  ~InlineWriter() override { committer_.finish(); }

  /// For reads between jobs, see `ReadPool::sharing`.
  [[nodiscard]] Connection& connection() { return committer_.connection(); }

  [[nodiscard]] std::optional<Refusal> failure() const override { return committer_.failure(); }
  void stop_writing(Refusal reason) override { committer_.stop_writing(std::move(reason)); }
  [[nodiscard]] Result<void> resume() override { return committer_.resume(); }
  [[nodiscard]] WriterCounts counts() const override { return committer_.counts(); }

 private:
  void enqueue(std::unique_ptr<Job> job) override {
    std::array const jobs{std::move(job)};
    committer_.commit(jobs);
  }

  Committer committer_;
};

}  // namespace fieldnode::db

#include "node/db/writer_thread.h"

#include <algorithm>
#include <iterator>

#include "sync/base/check.h"

namespace fieldnode::db {
namespace {

/// Bounds how long the first of a group waits for the others.
constexpr std::size_t kGroupMax = 128;
/// Far more than callers that wait can be; only callers that do not wait could pile up here.
constexpr std::size_t kWaitingMax = 4096;

}  // namespace

WriterThread::WriterThread(Connection connection, WriterOptions const& options)
    : options_(options), committer_(std::move(connection)), thread_([this] { work(); }), thread_id_(thread_.get_id()) {}

WriterThread::~WriterThread() { stop(); }

void WriterThread::stop() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (!thread_.joinable()) return;
  thread_.join();
  committer_.finish();
}

Result<void> WriterThread::resume() {
  std::lock_guard const lock(committing_);
  return committer_.resume();
}

void WriterThread::enqueue(std::unique_ptr<Job> job) {
  check(std::this_thread::get_id() != thread_id_, "a job must not submit another job");
  if (auto const refusal = try_enqueue(job)) {
    job->refuse(*refusal);
    job->deliver();
    return;
  }
  changed_.notify_one();
}

std::optional<Refusal> WriterThread::try_enqueue(std::unique_ptr<Job>& job) {
  std::lock_guard const lock(mutex_);
  if (stopping_)
    return refuse("writer_stopped", "The service is stopping and saves nothing more: try again after it has started.");
  if (waiting_.size() >= kWaitingMax) {
    return refuse("writer_busy", "Too much is waiting to be saved: try again in a moment.");
  }
  waiting_.push_back(std::move(job));
  return std::nullopt;
}

void WriterThread::work() {
  while (auto const group = next_group()) {
    std::lock_guard const lock(committing_);
    // Before a job as well: who has just made room and tries again is not to wait. What is wrong stands in `failure`.
    if (committer_.may_resume()) static_cast<void>(committer_.resume());
    if (!group->empty()) committer_.commit(*group);
  }
}

std::optional<WriterThread::Group> WriterThread::next_group() {
  std::unique_lock lock(mutex_);
  auto const is_due = [this] { return stopping_ || !waiting_.empty(); };
  if (committer_.may_resume()) {
    changed_.wait_for(lock, options_.probe_every, is_due);
  } else {
    changed_.wait(lock, is_due);
  }
  if (stopping_ && waiting_.empty()) return std::nullopt;
  auto const end = std::next(waiting_.begin(), static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kGroupMax)));
  Group group(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  return group;
}

}  // namespace fieldnode::db

#include "node/blobs/sweep_thread.h"

#include <exception>

namespace fieldnode::blobs {

SweepThread::SweepThread(BlobStore& store, std::function<UtcTime()> now)
    : store_(store), now_(std::move(now)), thread_([this] { run(); }) {}

SweepThread::~SweepThread() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  ends_.notify_all();
  thread_.join();
}

void SweepThread::run() {
  std::unique_lock lock(mutex_);
  do {
    lock.unlock();
    try {
      // Refused in safe mode: what is left lies there until a later sweep.
      (void)sweep_blobs(store_, now_());
    } catch (std::exception const&) {
      // The page meets the same fault and reports it.
    }
    lock.lock();
  } while (!ends_.wait_for(lock, std::chrono::hours(1), [this] { return stopping_; }));
}

}  // namespace fieldnode::blobs

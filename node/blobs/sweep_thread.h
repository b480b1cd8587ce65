#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "node/blobs/blob_sweep.h"

namespace fieldnode::blobs {

/// Sweeps at the start and once an hour. Ends when destroyed.
class SweepThread {
 public:
  /// `now`: a time that does not go back; called on the thread.
  SweepThread(BlobStore& store, std::function<UtcTime()> now);
  SweepThread(SweepThread const&) = delete;
  SweepThread& operator=(SweepThread const&) = delete;
  ~SweepThread();

 private:
  void run();

  BlobStore& store_;
  std::function<UtcTime()> now_;
  std::mutex mutex_;
  std::condition_variable ends_;
  bool stopping_{false};  // guarded by mutex_
  std::thread thread_;
};

}  // namespace fieldnode::blobs

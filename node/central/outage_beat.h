#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "node/central/store/central_store.h"
#include "sync/base/clock.h"

namespace fieldnode::central {

/// Writes down that the centre serves, so that a later start knows since when it did not. A thread of its own.
class OutageBeat {
 public:
  /// The time, if it is sure: while it is in doubt nothing is said of any outage.
  using SureTime = std::function<Result<UtcTime>()>;

  /// `store` and `clock` must outlive it. What went by since the last beat of an earlier run is a gap.
  OutageBeat(CentralStore& store, Clock const& clock, SureTime now, Milliseconds every = std::chrono::seconds(30));
  OutageBeat(OutageBeat const&) = delete;
  OutageBeat& operator=(OutageBeat const&) = delete;
  /// With a last beat.
  ~OutageBeat();

  /// A machine that slept did not serve. For the thread, and for tests.
  void beat();

 private:
  /// What the boot clock counts and the other one does not.
  [[nodiscard]] Milliseconds slept() const { return clock_.since_boot() - clock_.awake(); }
  void run();

  CentralStore& store_;
  Clock const& clock_;
  SureTime now_;
  Milliseconds every_;
  Milliseconds slept_before_;
  bool begun_{};  ///< this run has said that it serves
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_{};  // guarded by mutex_
  std::thread thread_;
};

}  // namespace fieldnode::central

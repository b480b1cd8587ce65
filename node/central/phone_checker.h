#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "node/central/phone_desk.h"
#include "node/net/http_server.h"
#include "sync/base/clock.h"

namespace fieldnode::central {

/// A thread that compares codes with the journals that have come, so that no exchange waits for it and no unit's row is
/// held meanwhile. What is to be done stands in the database: a stop loses nothing, and the start begins with it.
class PhoneChecker {
 public:
  PhoneChecker(PhoneDesk& desk, Clock const& clock, net::FaultReport report);
  PhoneChecker(PhoneChecker const&) = delete;
  PhoneChecker& operator=(PhoneChecker const&) = delete;
  /// Waits for the code at work, a second at most.
  ~PhoneChecker();

  /// A journal has grown. Thread: any; does not wait.
  void wake();

 private:
  void run();
  /// False once it is to end.
  [[nodiscard]] bool wait();
  void compare();

  PhoneDesk& desk_;
  Clock const& clock_;
  net::FaultReport report_;
  std::mutex mutex_;
  std::condition_variable called_;
  bool has_work_{true};  // guarded by mutex_
  bool ends_{};          // guarded by mutex_
  std::thread thread_;
};

}  // namespace fieldnode::central

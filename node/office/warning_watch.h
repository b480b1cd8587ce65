#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "node/office/warning_desk.h"

namespace fieldnode::office {

/// Wakes when a warning is to be told or a limit passes, and tells. One thread. Thread: any.
class WarningWatch {
 public:
  /// `on_change`: what stands is not what stood; must not block.
  WarningWatch(WarningDesk& desk, std::function<void()> on_change);
  WarningWatch(WarningWatch const&) = delete;
  WarningWatch& operator=(WarningWatch const&) = delete;
  ~WarningWatch() { stop(); }

  void start();
  /// A second call does nothing.
  void stop();
  /// The limits are others now.
  void look_again();

  /// One look: tells what is to be told, says when to look next. What the thread does.
  [[nodiscard]] Milliseconds look();

 private:
  void run();
  [[nodiscard]] bool waited(Milliseconds most);
  [[nodiscard]] bool has_passed(WarningDesk::Outlook const& outlook);

  WarningDesk& desk_;
  std::function<void()> on_change_;
  std::optional<UtcTime> expected_;  ///< the change that the last look saw coming

  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_{false};  // guarded by mutex_, as below
  bool poked_{false};
  std::thread thread_;
};

}  // namespace fieldnode::office

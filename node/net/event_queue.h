#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>

#include "node/net/event_stream.h"

namespace fieldnode::net {

struct EventLimits {
  std::size_t max_events = 0;
  std::size_t max_bytes = 0;
};

/// Events on their way from any thread to one connection.
/// Thread: any.
class EventQueue {
 public:
  explicit EventQueue(EventLimits limits) : limits_(limits) {}

  bool send(ServerEvent const& event);
  void close();
  [[nodiscard]] bool is_open() const;
  /// Closed because the client did not keep up.
  [[nodiscard]] bool is_overrun() const;
  void on_closed(std::function<void()> notice);

  /// Calls `wake` after every change until `detach`. Must only post: it runs under this object's lock.
  void attach(std::function<void()> wake);
  void detach();
  /// All that waits to be sent, as wire text; empty when there is nothing.
  [[nodiscard]] std::string take();

 private:
  void close_locked(std::function<void()>& notice);

  EventLimits const limits_;
  mutable std::mutex mutex_;
  std::string waiting_;
  std::size_t events_waiting_ = 0;
  bool is_open_ = true;
  bool is_overrun_ = false;
  std::function<void()> wake_;
  std::function<void()> notice_;
};

}  // namespace fieldnode::net

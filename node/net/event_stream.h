#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace fieldnode::net {

class EventQueue;

/// One event of a text/event-stream. Shape: `data` may hold several lines; `name` and `id` hold none.
struct ServerEvent {
  std::string name;  ///< empty: "message"
  std::string id;    ///< empty: none; the browser sends the last one back as Last-Event-ID
  std::string data;
};

/// A browser that listens. Copies share one stream. A client that cannot keep up is dropped, so that it comes back
/// with Last-Event-ID and reads the present state, rather than filling this machine's memory.
/// Thread: any; nothing blocks.
class EventStream {
 public:
  explicit EventStream(std::shared_ptr<EventQueue> queue);

  /// False when the stream is closed, or has just been dropped because its queue is full.
  bool send(ServerEvent const& event) const;
  void close() const;
  [[nodiscard]] bool is_open() const;
  /// Calls `notice` once when the stream has ended, whoever ended it; at once if it is over.
  void on_closed(std::function<void()> notice) const;

 private:
  std::shared_ptr<EventQueue> queue_;
};

/// Streams by topic.
/// Thread: any.
class EventHub {
 public:
  void subscribe(std::string topic, EventStream stream);
  /// Sends to every open stream of `topic` and forgets the closed ones. Returns how many took it.
  std::size_t publish(std::string_view topic, ServerEvent const& event);
  [[nodiscard]] std::size_t listeners(std::string_view topic);

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<EventStream>, std::less<>> topics_;
};

/// The bytes of `event` on the wire.
[[nodiscard]] std::string event_text(ServerEvent const& event);

}  // namespace fieldnode::net

#include "node/net/event_stream.h"

#include <algorithm>
#include <utility>

#include "node/net/event_queue.h"
#include "node/net/text.h"
#include "sync/base/check.h"

namespace fieldnode::net {

bool EventQueue::send(ServerEvent const& event) {
  auto const text = event_text(event);
  std::function<void()> notice;
  {
    std::lock_guard const lock(mutex_);
    if (!is_open_) return false;
    bool const fits = events_waiting_ < limits_.max_events && waiting_.size() + text.size() <= limits_.max_bytes;
    if (fits) {
      waiting_ += text;
      ++events_waiting_;
      if (wake_) wake_();
      return true;
    }
    is_overrun_ = true;
    close_locked(notice);
  }
  if (notice) notice();
  return false;
}

void EventQueue::close() {
  std::function<void()> notice;
  {
    std::lock_guard const lock(mutex_);
    close_locked(notice);
  }
  if (notice) notice();
}

void EventQueue::close_locked(std::function<void()>& notice) {
  if (!is_open_) return;
  is_open_ = false;
  notice.swap(notice_);
  if (wake_) wake_();
}

bool EventQueue::is_open() const {
  std::lock_guard const lock(mutex_);
  return is_open_;
}

bool EventQueue::is_overrun() const {
  std::lock_guard const lock(mutex_);
  return is_overrun_;
}

void EventQueue::on_closed(std::function<void()> notice) {
  {
    std::lock_guard const lock(mutex_);
    if (is_open_) {
      check(!notice_, "a stream has one notice of its end");
      notice_ = std::move(notice);
      return;
    }
  }
  notice();
}

void EventQueue::attach(std::function<void()> wake) {
  std::lock_guard const lock(mutex_);
  wake_ = std::move(wake);
}

void EventQueue::detach() {
  // Let go under the lock: what it holds belongs to the server, which may end as soon as this returns.
  std::lock_guard const lock(mutex_);
  wake_ = nullptr;
}

std::string EventQueue::take() {
  std::lock_guard const lock(mutex_);
  events_waiting_ = 0;
  return std::exchange(waiting_, {});
}

EventStream::EventStream(std::shared_ptr<EventQueue> queue) : queue_(std::move(queue)) {}

bool EventStream::send(ServerEvent const& event) const { return queue_->send(event); }
void EventStream::close() const { queue_->close(); }
bool EventStream::is_open() const { return queue_->is_open(); }
void EventStream::on_closed(std::function<void()> notice) const { queue_->on_closed(std::move(notice)); }

void EventHub::subscribe(std::string topic, EventStream stream) {
  std::lock_guard const lock(mutex_);
  auto& streams = topics_[std::move(topic)];
  std::erase_if(streams, [](EventStream const& old) { return !old.is_open(); });
  streams.push_back(std::move(stream));
}

std::size_t EventHub::publish(std::string_view topic, ServerEvent const& event) {
  std::vector<EventStream> streams;
  {
    // Sent outside the lock: the notice of a stream dropped here may subscribe or publish.
    std::lock_guard const lock(mutex_);
    auto const found = topics_.find(topic);
    if (found == topics_.end()) return 0;
    std::erase_if(found->second, [](EventStream const& old) { return !old.is_open(); });
    streams = found->second;
  }
  auto const takes = [&](EventStream const& stream) { return stream.send(event); };
  return static_cast<std::size_t>(std::ranges::count_if(streams, takes));
}

std::size_t EventHub::listeners(std::string_view topic) {
  std::lock_guard const lock(mutex_);
  auto const found = topics_.find(topic);
  if (found == topics_.end()) return 0;
  auto const is_open = [](EventStream const& stream) { return stream.is_open(); };
  return static_cast<std::size_t>(std::ranges::count_if(found->second, is_open));
}

std::string event_text(ServerEvent const& event) {
  check(event.name.find_first_of("\r\n") == std::string::npos, "an event's name is one line");
  check(event.id.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos, "an event's id is one line");
  std::string text;
  if (!event.id.empty()) text += "id: " + event.id + "\n";
  if (!event.name.empty()) text += "event: " + event.name + "\n";
  for (auto const line : split(event.data, '\n')) {
    text += "data: ";
    std::ranges::copy_if(line, std::back_inserter(text), [](char c) { return c != '\r'; });
    text += '\n';
  }
  return text + '\n';
}

}  // namespace fieldnode::net

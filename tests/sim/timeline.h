#pragma once

#include <functional>
#include <queue>
#include <vector>

#include "sync/base/time.h"

namespace fieldnode::sim {

/// True time, and what will happen when. Nothing waits: time jumps to the next event. Two events of one moment happen
/// in the order in which they were asked for, so that a seed has one history.
class Timeline {
 public:
  using Event = std::function<void()>;

  explicit Timeline(UtcTime start) : truth_(start) {}

  [[nodiscard]] UtcTime truth() const { return truth_; }
  /// Something takes its time within an event; what was due meanwhile happens late.
  void pass(Milliseconds by) { truth_ += by; }
  void at(UtcTime when, Event event) { queue_.push({when, ++asked_, std::move(event)}); }
  void after(Milliseconds by, Event event) { at(truth_ + by, std::move(event)); }

  /// Has the next event happen. False when there is none before `until`: then it is that moment.
  bool step(UtcTime until) {
    if (queue_.empty() || queue_.top().when >= until) {
      truth_ = std::max(truth_, until);
      return false;
    }
    auto const next = queue_.top();
    queue_.pop();
    truth_ = std::max(truth_, next.when);
    next.event();
    return true;
  }

 private:
  struct Due {
    UtcTime when{};
    std::uint64_t number{};
    Event event;
    friend bool operator<(Due const& left, Due const& right) {
      return std::pair(left.when, left.number) > std::pair(right.when, right.number);
    }
  };

  UtcTime truth_;
  std::uint64_t asked_{0};
  std::priority_queue<Due> queue_;
};

}  // namespace fieldnode::sim

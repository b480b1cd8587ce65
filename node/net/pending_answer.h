#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <variant>

#include "node/net/event_queue.h"
#include "node/net/http.h"
#include "node/net/progress_watch.h"

namespace fieldnode::net {

using Outcome = std::variant<HttpResponse, std::shared_ptr<EventQueue>>;

/// The meeting point of a handler (any thread) and its connection (one strand): exactly one outcome passes.
/// Thread: any.
class PendingAnswer : public std::enable_shared_from_this<PendingAnswer> {
 public:
  struct Wiring {
    /// Takes the outcome to the connection. Must only post: it runs under this object's lock.
    std::function<void(Outcome)> deliver;
    /// Runs work on a worker thread.
    std::function<void(std::function<void()>)> run_later;
    /// The clock of deadlines.
    std::function<Instant()> instant;
    EventLimits events;
  };

  explicit PendingAnswer(Wiring wiring);

  bool answer(Outcome outcome);
  void park(Milliseconds wait, std::function<HttpResponse()> at_timeout);
  void on_gone(std::function<void()> notice);
  [[nodiscard]] bool is_gone() const;
  [[nodiscard]] EventLimits const& event_limits() const { return wiring_.events; }

  /// The connection is lost: nobody will hear an answer. Afterwards `deliver` is never called again.
  void lose();
  /// Has the timeout answer made if the parking time is over at `now`, or in any case when `at_once`.
  /// With `at_once`, a request that is parked later is not kept waiting either.
  void end_parking(Instant now, bool at_once);

 private:
  enum class State { kOpen, kAnswered, kGone };

  mutable std::mutex mutex_;
  Wiring wiring_;
  State state_ = State::kOpen;
  bool parks_no_more_ = false;
  std::optional<Instant> parked_until_;
  std::function<HttpResponse()> at_timeout_;
  std::function<void()> notice_;
};

}  // namespace fieldnode::net

#pragma once

#include <functional>
#include <memory>

#include "node/net/event_stream.h"
#include "node/net/http.h"

namespace fieldnode::net {

class PendingAnswer;
class AnswerTicket;

/// One request's right to an answer, which may be used later and from another thread (a long poll). Copies share it;
/// the first answer wins. When the last copy is gone unanswered, the client gets a 500.
/// Thread: any; a call never blocks on the network. It may outlive the server; answers then go nowhere.
class Responder {
 public:
  explicit Responder(std::shared_ptr<PendingAnswer> pending);

  /// Sends `response`. False when it is too late: answered already, timed out, or the client has left.
  bool answer(HttpResponse response) const;

  /// Keeps the request open for at most `wait`; then, or when the server stops, `at_timeout` makes the answer on a
  /// worker thread. Call it once, before the handler returns.
  void park(Milliseconds wait, std::function<HttpResponse()> at_timeout) const;

  /// Calls `notice` once, on a worker thread, if the client leaves before the answer; at once, on the caller's thread,
  /// if it has left already.
  /// Never called after an answer. `notice` may own a copy of this responder.
  void on_gone(std::function<void()> notice) const;

  /// True once nobody waits for the answer any more.
  [[nodiscard]] bool is_gone() const;

  /// Answers with a stream of server-sent events that stays open until either side closes it.
  [[nodiscard]] EventStream start_event_stream() const;

 private:
  std::shared_ptr<AnswerTicket> ticket_;
};

}  // namespace fieldnode::net

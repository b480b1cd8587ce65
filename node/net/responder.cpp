#include "node/net/responder.h"

#include <exception>
#include <utility>

#include "node/net/pending_answer.h"
#include "sync/base/check.h"

namespace fieldnode::net {

PendingAnswer::PendingAnswer(Wiring wiring) : wiring_(std::move(wiring)) {}

bool PendingAnswer::answer(Outcome outcome) {
  // What the handler left behind may own the last responder: it is let go outside the lock.
  std::function<HttpResponse()> old_timeout;
  std::function<void()> old_notice;
  std::lock_guard const lock(mutex_);
  if (state_ != State::kOpen) return false;
  state_ = State::kAnswered;
  old_timeout.swap(at_timeout_);
  old_notice.swap(notice_);
  wiring_.deliver(std::move(outcome));
  // Let go under the lock: what it holds belongs to the server, which may end as soon as `lose` has passed.
  wiring_.deliver = nullptr;
  return true;
}

void PendingAnswer::park(Milliseconds wait, std::function<HttpResponse()> at_timeout) {
  bool at_once = false;
  {
    std::lock_guard const lock(mutex_);
    check(!at_timeout_, "a request is parked twice");
    if (state_ != State::kOpen) return;
    at_timeout_ = std::move(at_timeout);
    parked_until_ = wiring_.instant() + wait;
    at_once = parks_no_more_;
  }
  if (at_once) end_parking(Instant::max(), true);
}

void PendingAnswer::on_gone(std::function<void()> notice) {
  {
    std::lock_guard const lock(mutex_);
    if (state_ == State::kAnswered) return;
    if (state_ == State::kOpen) {
      check(!notice_, "a request has one notice of its client's leaving");
      notice_ = std::move(notice);
      return;
    }
  }
  notice();
}

bool PendingAnswer::is_gone() const {
  std::lock_guard const lock(mutex_);
  return state_ != State::kOpen;
}

void PendingAnswer::lose() {
  std::function<HttpResponse()> old_timeout;
  std::function<void()> notice;
  {
    std::lock_guard const lock(mutex_);
    if (state_ != State::kOpen) return;
    state_ = State::kGone;
    wiring_.deliver = nullptr;
    old_timeout.swap(at_timeout_);
    notice.swap(notice_);
  }
  if (notice) wiring_.run_later(std::move(notice));
}

void PendingAnswer::end_parking(Instant now, bool at_once) {
  std::function<HttpResponse()> make;
  {
    std::lock_guard const lock(mutex_);
    parks_no_more_ = parks_no_more_ || at_once;
    if (state_ != State::kOpen || !at_timeout_ || (!at_once && now < *parked_until_)) return;
    make.swap(at_timeout_);
    parked_until_.reset();
  }
  wiring_.run_later([self = shared_from_this(), make = std::move(make)] { self->answer(make()); });
}

/// Answers 500 when every copy of a responder is gone without an answer.
class AnswerTicket {
 public:
  explicit AnswerTicket(std::shared_ptr<PendingAnswer> pending) : pending_(std::move(pending)) {}
  ~AnswerTicket() {
    pending_->answer(error_response(
        500, "no_answer",
        {.zh = "程序有缺陷：没有给出答复，请报告。", .en = "A defect in the program: it gave no answer. Report it."}));
  }
  AnswerTicket(AnswerTicket const&) = delete;
  AnswerTicket& operator=(AnswerTicket const&) = delete;

  [[nodiscard]] PendingAnswer& pending() const { return *pending_; }

 private:
  std::shared_ptr<PendingAnswer> pending_;
};

Responder::Responder(std::shared_ptr<PendingAnswer> pending)
    : ticket_(std::make_shared<AnswerTicket>(std::move(pending))) {}

bool Responder::answer(HttpResponse response) const { return ticket_->pending().answer(std::move(response)); }

void Responder::park(Milliseconds wait, std::function<HttpResponse()> at_timeout) const {
  // The parked request stays open even when the handler keeps no copy of its responder.
  ticket_->pending().park(wait, [ticket = ticket_, at_timeout = std::move(at_timeout)] { return at_timeout(); });
}

void Responder::on_gone(std::function<void()> notice) const { ticket_->pending().on_gone(std::move(notice)); }

bool Responder::is_gone() const { return ticket_->pending().is_gone(); }

EventStream Responder::start_event_stream() const {
  auto queue = std::make_shared<EventQueue>(ticket_->pending().event_limits());
  if (!ticket_->pending().answer(queue)) queue->close();
  return EventStream(std::move(queue));
}

}  // namespace fieldnode::net

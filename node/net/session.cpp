#include "node/net/session.h"

#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "node/net/event_queue.h"
#include "node/net/gate.h"
#include "node/net/response_text.h"
#include "node/net/text.h"

namespace fieldnode::net {
namespace {

namespace http = boost::beast::http;
using boost::asio::awaitable;

/// How long a client may take to close its side, so that it still sees the last answer.
constexpr Milliseconds kFarewellMax{2'000};
/// A client that does not close must not hold up the end of the program.
constexpr Milliseconds kFarewellAtStop{100};

Instant instant() { return std::chrono::steady_clock::now(); }

HttpResponse refusal_of(boost::system::error_code failure) {
  if (failure == http::error::header_limit || failure == http::error::buffer_overflow) {
    return error_response(431, "header_too_large",
                          {.zh = "请求头过大，请清除本站的 Cookie 后重试。",
                           .en = "The request's header is too large; clear this site's cookies."});
  }
  if (failure == http::error::body_limit) {
    return error_response(413, "body_too_large",
                          {.zh = "内容超过此地址允许的大小，请分次提交。",
                           .en = "The request is larger than this address accepts; send less at once."});
  }
  return error_response(400, "bad_request",
                        {.zh = "请求不符合 HTTP/1.1（" + failure.message() + "）。",
                         .en = "The request is not HTTP/1.1: " + failure.message() + "."});
}

bool is_bodiless(int status) { return status == 204 || status == 304; }

/// A source that breaks has nothing more to give; the connection is then cut.
std::string read_piece(BodySource& source) {
  try {
    return source.next();
  } catch (std::exception const&) {
    return {};
  }
}

void close_if_stream(Outcome const& outcome) {
  if (auto const* const events = std::get_if<std::shared_ptr<EventQueue>>(&outcome)) (*events)->close();
}

}  // namespace

Session::Session(SessionWorld const& world, SocketStream stream, Peer peer)
    : world_(world),
      connection_(std::make_shared<Connection>(std::move(stream))),
      peer_(std::move(peer)),
      holder_(peer_.address) {}

Session::~Session() {
  lose_handler();
  if (events_) {
    events_->detach();
    events_->close();
  }
  if (outcome_) close_if_stream(*outcome_);
  world_.ledger.leave(holder_);
}

awaitable<void> Session::run(std::shared_ptr<Session> session) { co_await session->serve(); }

awaitable<void> Session::serve() {
  connection_->await_at_most(world_.options.limits.handshake_max);
  // GCC 12 lays out the frame wrongly when co_await stands inside && or ||: await first, then ask.
  bool goes_on = co_await connection_->handshake();
  goes_on = goes_on && meet_peer();
  while (goes_on) goes_on = co_await serve_one();
  is_answering_ = false;
  auto const farewell_max = world_.is_stopping ? kFarewellAtStop : kFarewellMax;
  co_await connection_->finish(farewell_max);
  lose_handler();
}

bool Session::meet_peer() {
  auto& stream = connection_->stream();
  peer_.is_tls = stream.is_tls();
  peer_.is_resumed = stream.is_resumed();
  peer_.certificate = stream.certificate();
  auto const max = world_.options.limits.connections_per_certificate_max;
  if (!peer_.certificate || max == 0) return true;
  auto const node = "certificate " + to_hex(peer_.certificate->fingerprint);
  if (!world_.ledger.move(holder_, node, max)) return false;
  holder_ = node;
  return true;
}

awaitable<bool> Session::serve_one() {
  Incoming in;
  bool const has_come = co_await wait_for_request();
  if (!has_come) co_return false;
  co_await read_header(in);
  if (in.goes_on()) admit(in);
  if (in.goes_on()) co_await read_body(in);
  if (in.is_lost) co_return false;
  bool const with_body = in.request.method != Method::kHead;
  is_answering_ = true;
  if (in.refusal) {
    // What follows on the connection is known only when no body is left unread.
    bool const keeps_alive = in.keeps_alive && !in.has_body;
    add_security_headers(*in.refusal);
    co_return co_await send(std::move(*in.refusal), keeps_alive, with_body);
  }
  auto outcome = co_await ask_handler(in);
  if (!outcome) co_return false;
  if (auto* const response = std::get_if<HttpResponse>(&*outcome)) {
    // Their 370 bytes speak to browsers; on a thin link they were a third of an idle exchange.
    if (in.route->options.caller == Caller::kPage) add_security_headers(*response);
    co_return co_await send(std::move(*response), in.keeps_alive, with_body);
  }
  co_await send_events(std::get<std::shared_ptr<EventQueue>>(*outcome));
  co_return false;
}

awaitable<bool> Session::wait_for_request() {
  auto const& limits = world_.options.limits;
  is_between_requests_ = true;
  is_answering_ = false;
  // A new connection has come to say something; only one that has spoken before may idle.
  connection_->await_at_most(std::exchange(is_first_, false) ? limits.header_max : limits.idle_max);
  while (connection_->buffer().size() == 0) {
    if (world_.is_stopping) co_return false;
    bool const is_filled = co_await connection_->fill();
    if (!is_filled) co_return false;
  }
  is_between_requests_ = false;
  co_return true;
}

awaitable<void> Session::read_header(Incoming& in) {
  connection_->await_at_most(world_.options.limits.header_max);
  in.parser.header_limit(static_cast<std::uint32_t>(world_.options.limits.header_max_bytes));
  in.parser.body_limit(boost::none);  // the route knows
  auto& buffer = connection_->buffer();
  while (!in.parser.is_header_done()) {
    boost::system::error_code failure;
    buffer.consume(in.parser.put(buffer.data(), failure));
    if (failure == http::error::need_more) {
      bool const is_filled = co_await connection_->fill();
      in.is_lost = !is_filled;
    } else if (failure) {
      in.refusal = refusal_of(failure);
      in.has_body = true;  // unknown; do not read on
    }
    if (!in.goes_on()) co_return;
  }
  take_header(in);
}

void Session::take_header(Incoming& in) const {
  auto const& message = in.parser.get();
  in.keeps_alive = message.keep_alive() && message.version() == 11;
  in.has_body = in.parser.chunked() || in.parser.content_length().value_or(0) > 0;
  in.request.peer = peer_;
  in.request.target = std::string(message.target());
  for (auto const& field : message)
    in.request.headers.add(std::string(field.name_string()), std::string(field.value()));
  read_cookies(in.request);
  auto const method = method_named(std::string_view(message.method_string().data(), message.method_string().size()));
  if (!method) {
    in.refusal =
        error_response(501, "method_unknown",
                       {.zh = "本程序不支持这种 HTTP 方法。", .en = "This program does not speak that HTTP method."});
  } else if (in.request.method = *method; !read_target(in.request)) {
    in.refusal = error_response(
        400, "bad_target",
        {.zh = "地址不是有效的路径，或其中的 % 转义有误。", .en = "The address has a broken %-escape or is no path."});
  }
}

void Session::admit(Incoming& in) const {
  in.refusal = refuse_host(in.request, world_.options.hosts);
  if (in.refusal) return;
  auto found = world_.router.find(in.request);
  if (auto* const refusal = std::get_if<HttpResponse>(&found)) {
    in.refusal = std::move(*refusal);
    return;
  }
  in.route = std::get<Route const*>(found);
  in.refusal = refuse_origin(in.request, in.route->options);
  if (!in.refusal) in.refusal = refuse_body_type(in.request, in.route->options, in.has_body);
  if (!in.refusal && in.parser.content_length().value_or(0) > in.route->options.body_max_bytes) {
    in.refusal = refusal_of(make_error_code(http::error::body_limit));
  }
}

awaitable<void> Session::read_body(Incoming& in) {
  auto const& limits = world_.options.limits;
  in.parser.body_limit(in.route->options.body_max_bytes);
  if (in.has_body && same_word(in.request.header("Expect"), "100-continue")) {
    bool const is_sent = co_await connection_->write("HTTP/1.1 100 Continue\r\n\r\n", limits.write_stall_max);
    in.is_lost = !is_sent;
  }
  if (std::holds_alternative<StreamHandler>(in.route->handler)) {
    in.stream = std::make_shared<StreamedBody>(*in.route, std::move(in.request), world_.options.on_fault);
  }
  if (!world_.is_stopping) connection_->await_progress(limits.body_progress_min_bytes, limits.body_progress_window);
  auto& buffer = connection_->buffer();
  bool needs_more = buffer.size() == 0;
  while (in.goes_on() && !in.parser.is_done()) {
    if (needs_more) {
      bool const is_filled = co_await connection_->fill();
      in.is_lost = !is_filled;
    }
    boost::system::error_code failure;
    buffer.consume(in.parser.put(buffer.data(), failure));
    needs_more = failure == http::error::need_more || buffer.size() == 0;
    if (failure && failure != http::error::need_more) in.refusal = refusal_of(failure);
    if (in.stream && needs_more && in.goes_on()) {
      auto const left = buffer.size();
      co_await hand_on(in);
      needs_more = buffer.size() == left;  // more may have been read meanwhile
    }
  }
  connection_->await_without_limit();
  if (in.stream && in.goes_on()) co_await hand_on(in);
  if (!in.stream && in.goes_on()) in.request.body = std::move(in.parser.get().body());
}

/// Gives a worker what has come of the body and waits for it; meanwhile what follows is read ahead.
awaitable<void> Session::hand_on(Incoming& in) {
  auto& body = in.parser.get().body();
  if (body.empty()) co_return;
  auto const& limits = world_.options.limits;
  connection_->await_without_limit();
  auto const done = std::make_shared<bool>(false);
  world_.run_later([weak = weak_from_this(), strand = executor(), stream = in.stream, done,
                    piece = std::make_shared<std::string>(std::exchange(body, {}))] {
    stream->take(*piece);
    boost::asio::post(strand, [weak, done] {
      *done = true;
      if (auto const self = weak.lock()) self->connection_->wake();
    });
  });
  while (!*done) {
    connection_->look_ahead();
    co_await connection_->wait();
  }
  if (!world_.is_stopping) connection_->await_progress(limits.body_progress_min_bytes, limits.body_progress_window);
}

std::shared_ptr<PendingAnswer> Session::new_pending() {
  auto const& limits = world_.options.limits;
  auto deliver = [weak = weak_from_this(), strand = executor()](Outcome outcome) {
    boost::asio::post(strand, [weak, outcome = std::move(outcome)]() mutable {
      auto const self = weak.lock();
      if (!self) return close_if_stream(outcome);
      self->outcome_ = std::move(outcome);
      self->connection_->wake();
    });
  };
  auto pending = std::make_shared<PendingAnswer>(
      PendingAnswer::Wiring{std::move(deliver), world_.run_later, instant,
                            EventLimits{limits.event_queue_max_events, limits.event_queue_max_bytes}});
  std::lock_guard const lock(pending_mutex_);
  pending_ = pending;
  return pending;
}

awaitable<std::optional<Outcome>> Session::ask_handler(Incoming& in) {
  connection_->await_without_limit();
  outcome_.reset();
  if (in.stream) {
    world_.run_later([stream = in.stream, responder = Responder(new_pending())] { stream->finish(responder); });
  } else {
    world_.run_later([&world = world_, route = in.route, request = std::make_shared<HttpRequest>(std::move(in.request)),
                      responder = Responder(new_pending())] {
      world.router.run(*route, *request, responder, world.options.on_fault);
    });
  }
  while (!outcome_ && !connection_->is_lost()) {
    connection_->look_ahead();
    co_await connection_->wait();
  }
  lose_handler();
  co_return std::exchange(outcome_, std::nullopt);
}

awaitable<bool> Session::send(HttpResponse response, bool keep_alive, bool with_body) {
  keep_alive = keep_alive && !world_.is_stopping;
  auto const size = response.source ? response.source->size() : std::uint64_t{response.body.size()};
  auto const length = is_bodiless(response.status) ? std::nullopt : std::optional(size);
  auto text = head_text(response, length, keep_alive);
  if (with_body && length) text += response.body;
  bool is_sent = co_await connection_->write(text, world_.options.limits.write_stall_max);
  if (is_sent && with_body && length && response.source) is_sent = co_await send_pieces(std::move(response.source));
  co_return is_sent&& keep_alive;
}

awaitable<bool> Session::send_pieces(std::shared_ptr<BodySource> source) {
  auto left = source->size();
  while (left > 0) {
    auto const piece = co_await next_piece(source);
    if (piece.empty() || piece.size() > left) {
      connection_->close();
      co_return false;
    }
    left -= piece.size();
    bool const is_sent = co_await connection_->write(piece, world_.options.limits.write_stall_max);
    if (!is_sent) co_return false;
  }
  co_return true;
}

awaitable<std::string> Session::next_piece(std::shared_ptr<BodySource> source) {
  piece_.reset();
  world_.run_later([weak = weak_from_this(), strand = executor(), source = std::move(source)] {
    boost::asio::post(strand, [weak, piece = read_piece(*source)]() mutable {
      auto const self = weak.lock();
      if (!self) return;
      self->piece_ = std::move(piece);
      self->connection_->wake();
    });
  });
  while (!piece_ && !connection_->is_lost()) co_await connection_->wait();
  co_return std::exchange(piece_, std::nullopt).value_or(std::string());
}

awaitable<void> Session::send_events(std::shared_ptr<EventQueue> events) {
  auto const& limits = world_.options.limits;
  events_ = events;
  events->attach([weak = weak_from_this(), strand = executor()] {
    boost::asio::post(strand, [weak] {
      auto const self = weak.lock();
      if (!self || !self->events_) return;
      if (self->events_->is_overrun()) self->connection_->close();
      self->connection_->wake();
    });
  });
  HttpResponse response = std::move(HttpResponse{}).with("Content-Type", "text/event-stream");
  add_security_headers(response);
  auto text = head_text(response, std::nullopt, false);
  while (!connection_->is_lost() && !world_.is_stopping) {
    text += events->take();
    if (text.empty() && !events->is_open()) break;
    if (text.empty() && std::exchange(is_heartbeat_due_, false)) text = ":\n\n";
    if (text.empty()) {
      connection_->look_ahead();
      co_await connection_->wait();
      connection_->buffer().consume(connection_->buffer().size());  // nothing is expected from a listener
      continue;
    }
    bool const is_sent = co_await connection_->write(text, limits.write_stall_max);
    if (!is_sent) break;
    text.clear();
    next_heartbeat_ = instant() + limits.heartbeat;
  }
  events->detach();
  events->close();
}

void Session::look(Instant now) {
  connection_->look(now);
  std::shared_ptr<PendingAnswer> pending;
  {
    std::lock_guard const lock(pending_mutex_);
    pending = pending_;
  }
  if (pending) pending->end_parking(now, world_.is_stopping);
  if (events_ && now >= next_heartbeat_) {
    is_heartbeat_due_ = true;
    connection_->wake();
  }
}

void Session::wind_down() {
  if (is_between_requests_) connection_->close();
  // A request half said and a client that does not close: neither is worth waiting for, an answer under way is.
  if (!is_answering_) connection_->await_at_most(kFarewellAtStop);
  look(instant());
  connection_->wake();
}

void Session::cut() { connection_->close(); }

void Session::lose_handler() {
  std::shared_ptr<PendingAnswer> pending;
  {
    std::lock_guard const lock(pending_mutex_);
    pending.swap(pending_);
  }
  if (pending) pending->lose();
}

}  // namespace fieldnode::net

#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "node/net/connection.h"
#include "node/net/connection_ledger.h"
#include "node/net/http_server.h"
#include "node/net/pending_answer.h"
#include "node/net/streamed_body.h"

namespace fieldnode::net {

/// What all sessions of a server share; outlives them.
struct SessionWorld {
  HttpServerOptions const& options;
  Router const& router;
  ConnectionLedger& ledger;
  std::atomic<bool> const& is_stopping;
  std::function<void(std::function<void()>)> run_later;
};

/// One client's connection from handshake to farewell: reads requests one after another, hands them to the workers,
/// sends what they answer.
/// Thread: the socket's strand, but for the constructor and the destructor.
class Session : public std::enable_shared_from_this<Session> {
 public:
  /// The connection is already entered in the ledger under `peer.address`.
  Session(SessionWorld const& world, SocketStream stream, Peer peer);
  ~Session();
  Session(Session const&) = delete;
  Session& operator=(Session const&) = delete;

  [[nodiscard]] boost::asio::any_io_executor executor() { return connection_->stream().executor(); }
  /// Serves the connection to its end; owns the session for so long.
  [[nodiscard]] static boost::asio::awaitable<void> run(std::shared_ptr<Session> session);
  /// Deadlines, parking times and heartbeats.
  void look(Instant now);
  /// Ends as soon as the request in hand is answered.
  void wind_down();
  void cut();
  /// Cuts the tie to a waiting handler; after this no other thread touches the session.
  /// Thread: any.
  void lose_handler();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  /// A request on its way in. Either it is whole, or refused with a response, or its client is lost.
  struct Incoming {
    Parser parser;
    HttpRequest request;
    Route const* route = nullptr;
    std::optional<HttpResponse> refusal;
    std::shared_ptr<StreamedBody> stream;  ///< where the body goes as it comes
    bool is_lost = false;
    bool has_body = false;
    bool keeps_alive = false;

    [[nodiscard]] bool goes_on() const { return !is_lost && !refusal; }
  };

  [[nodiscard]] boost::asio::awaitable<void> serve();
  [[nodiscard]] bool meet_peer();
  [[nodiscard]] boost::asio::awaitable<bool> serve_one();
  [[nodiscard]] boost::asio::awaitable<bool> wait_for_request();
  [[nodiscard]] boost::asio::awaitable<void> read_header(Incoming& in);
  void take_header(Incoming& in) const;
  void admit(Incoming& in) const;
  [[nodiscard]] boost::asio::awaitable<void> read_body(Incoming& in);
  [[nodiscard]] boost::asio::awaitable<void> hand_on(Incoming& in);
  [[nodiscard]] boost::asio::awaitable<std::optional<Outcome>> ask_handler(Incoming& in);
  [[nodiscard]] boost::asio::awaitable<bool> send(HttpResponse response, bool keep_alive, bool with_body);
  /// Sends the pieces of a body; false when they ended early or the client left.
  [[nodiscard]] boost::asio::awaitable<bool> send_pieces(std::shared_ptr<BodySource> source);
  /// The next piece, read by a worker: a disk must not hold up the other connections of this thread.
  [[nodiscard]] boost::asio::awaitable<std::string> next_piece(std::shared_ptr<BodySource> source);
  [[nodiscard]] boost::asio::awaitable<void> send_events(std::shared_ptr<EventQueue> events);
  [[nodiscard]] std::shared_ptr<PendingAnswer> new_pending();

  SessionWorld const& world_;
  std::shared_ptr<Connection> connection_;
  Peer peer_;
  std::string holder_;
  std::mutex pending_mutex_;
  std::shared_ptr<PendingAnswer> pending_;
  std::optional<Outcome> outcome_;
  std::optional<std::string> piece_;  ///< that a worker has read
  std::shared_ptr<EventQueue> events_;
  Instant next_heartbeat_{};
  bool is_heartbeat_due_ = false;
  bool is_first_ = true;
  bool is_between_requests_ = true;
  bool is_answering_ = false;  ///< a handler is at work, or its answer is being sent
};

}  // namespace fieldnode::net

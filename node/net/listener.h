#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <functional>
#include <memory>
#include <string>

#include "node/net/http_server.h"
#include "node/net/socket_stream.h"
#include "sync/base/result.h"

namespace fieldnode::net {

/// One endpoint that takes connections.
class Listener {
 public:
  using Accepted = std::function<void(SocketStream, Peer)>;

  /// Errors: as HttpServer::start.
  [[nodiscard]] static Result<std::unique_ptr<Listener>> open(boost::asio::io_context& io, Endpoint const& endpoint);
  ~Listener();

  [[nodiscard]] std::uint16_t port() const;
  /// The strand of `run` and `close`.
  [[nodiscard]] boost::asio::any_io_executor executor() { return acceptor_.get_executor(); }
  /// Hands every new connection, on a strand of its own, to `accepted`.
  [[nodiscard]] boost::asio::awaitable<void> run(Accepted accepted);
  void close();

 private:
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol>;

  explicit Listener(boost::asio::io_context& io);
  [[nodiscard]] Result<> listen(Endpoint const& endpoint);

  boost::asio::io_context& io_;
  Acceptor acceptor_;
  std::optional<boost::asio::ssl::context> tls_;
  std::string unix_path_;
};

}  // namespace fieldnode::net

#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <functional>
#include <optional>
#include <variant>

#include "node/net/http.h"

namespace fieldnode::net {

using Socket = boost::asio::generic::stream_protocol::socket;

/// Bytes over TCP, a unix socket, or TLS, behind one face, so that the code above is compiled once.
/// Thread: the socket's strand. At most one read and one write at a time. The owner keeps it alive until `Done` runs.
class SocketStream {
 public:
  using Done = std::function<void(boost::system::error_code, std::size_t)>;

  /// `tls` null: plain.
  SocketStream(Socket socket, boost::asio::ssl::context* tls);

  [[nodiscard]] bool is_tls() const { return std::holds_alternative<TlsSocket>(stream_); }
  /// Does nothing on a plain socket, but still calls `done`.
  void handshake(Done done);
  void read_some(boost::asio::mutable_buffer into, Done done);
  void write_some(boost::asio::const_buffer from, Done done);
  /// Tells the peer that nothing more comes.
  void finish_writing();
  /// Ends every pending operation.
  void close();

  [[nodiscard]] boost::asio::any_io_executor executor() { return socket().get_executor(); }
  [[nodiscard]] int descriptor() { return socket().native_handle(); }
  [[nodiscard]] bool is_resumed();
  [[nodiscard]] std::optional<PeerCertificate> certificate();

 private:
  using TlsSocket = boost::asio::ssl::stream<Socket>;
  [[nodiscard]] Socket& socket();

  std::variant<Socket, TlsSocket> stream_;
};

}  // namespace fieldnode::net

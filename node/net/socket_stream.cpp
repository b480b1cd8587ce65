#include "node/net/socket_stream.h"

#include <boost/asio/post.hpp>
#include <utility>

#include "node/net/server_tls.h"

namespace fieldnode::net {
namespace {

using Stream = std::variant<Socket, boost::asio::ssl::stream<Socket>>;

Stream make_stream(Socket socket, boost::asio::ssl::context* tls) {
  if (tls == nullptr) return Stream(std::in_place_type<Socket>, std::move(socket));
  return Stream(std::in_place_type<boost::asio::ssl::stream<Socket>>, std::move(socket), *tls);
}

}  // namespace

SocketStream::SocketStream(Socket socket, boost::asio::ssl::context* tls)
    : stream_(make_stream(std::move(socket), tls)) {}

Socket& SocketStream::socket() {
  if (auto* const tls = std::get_if<TlsSocket>(&stream_)) return tls->next_layer();
  return std::get<Socket>(stream_);
}

void SocketStream::handshake(Done done) {
  if (auto* const tls = std::get_if<TlsSocket>(&stream_)) {
    auto then = [done = std::move(done)](boost::system::error_code failure) { done(failure, 0); };
    tls->async_handshake(boost::asio::ssl::stream_base::server, std::move(then));
  } else {
    boost::asio::post(executor(), [done = std::move(done)] { done({}, 0); });
  }
}

void SocketStream::read_some(boost::asio::mutable_buffer into, Done done) {
  std::visit([&](auto& stream) { stream.async_read_some(into, std::move(done)); }, stream_);
}

void SocketStream::write_some(boost::asio::const_buffer from, Done done) {
  std::visit([&](auto& stream) { stream.async_write_some(from, std::move(done)); }, stream_);
}

void SocketStream::finish_writing() {
  boost::system::error_code ignored;  // a peer that has left already needs no farewell
  socket().shutdown(Socket::shutdown_send, ignored);
}

void SocketStream::close() {
  boost::system::error_code ignored;  // closing is the answer to errors
  socket().close(ignored);
}

bool SocketStream::is_resumed() {
  auto* const tls = std::get_if<TlsSocket>(&stream_);
  return tls != nullptr && SSL_session_reused(tls->native_handle()) == 1;
}

std::optional<PeerCertificate> SocketStream::certificate() {
  auto* const tls = std::get_if<TlsSocket>(&stream_);
  return tls == nullptr ? std::nullopt : peer_certificate(tls->native_handle());
}

}  // namespace fieldnode::net

#include "node/net/listener.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <cstring>

#include "node/net/server_tls.h"

namespace fieldnode::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Generic = asio::generic::stream_protocol;

constexpr Milliseconds kPauseWithoutDescriptors{100};

std::string name_of(Endpoint const& endpoint) {
  return endpoint.unix_path.empty() ? fmt::format("{}:{}", endpoint.address, endpoint.port) : endpoint.unix_path;
}

Refusal refusal_of(error_code failure, Endpoint const& endpoint) {
  auto const name = name_of(endpoint);
  if (failure == asio::error::address_in_use) {
    return refuse("port_in_use", name + " is already in use by another program; stop that one or configure another.");
  }
  if (failure == asio::error::access_denied) {
    return refuse("port_forbidden", name + " may not be opened by this user; use a port above 1023 or another path.");
  }
  return refuse("address_not_here",
                name + " cannot be opened (" + failure.message() + "); configure an address that this machine has.");
}

Result<> check_place(Endpoint const& endpoint) {
  if (!endpoint.unix_path.empty()) {
    if (endpoint.unix_path.size() < sizeof(sockaddr_un{}.sun_path)) return {};
    return refuse("bad_address", endpoint.unix_path + " is too long for a unix socket; use a shorter path.");
  }
  error_code failure;
  auto const address = asio::ip::make_address(endpoint.address, failure);
  if (failure) return refuse("bad_address", endpoint.address + " is no IP address; write digits, not a name.");
  if (endpoint.tls || address.is_loopback()) return {};
  return refuse("plain_not_loopback", name_of(endpoint) +
                                          " would carry citizens' data unencrypted; give it a certificate, or use "
                                          "127.0.0.1.");
}

/// `endpoint` has passed `check_place`.
Generic::endpoint place_of(Endpoint const& endpoint) {
  if (!endpoint.unix_path.empty()) return asio::local::stream_protocol::endpoint(endpoint.unix_path);
  return asio::ip::tcp::endpoint(asio::ip::make_address(endpoint.address), endpoint.port);
}

/// A socket file that nobody listens on is left over from a crash; one that answers is another program.
bool is_left_over(std::string const& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) return false;
  asio::io_context io;
  asio::local::stream_protocol::socket probe(io);
  error_code failure;
  probe.connect(path, failure);
  return failure == asio::error::connection_refused;
}

std::string address_of(sockaddr const* place) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (place->sa_family == AF_INET) {
    auto const* const v4 = reinterpret_cast<sockaddr_in const*>(place);
    return ::inet_ntop(AF_INET, &v4->sin_addr, text.data(), text.size());
  }
  if (place->sa_family != AF_INET6) return "local";
  auto const* const v6 = reinterpret_cast<sockaddr_in6 const*>(place);
  // An IPv4 client on a two-family socket is the same client: ::ffff:192.0.2.1
  if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr)) {
    return ::inet_ntop(AF_INET, &v6->sin6_addr.s6_addr[12], text.data(), text.size());
  }
  return ::inet_ntop(AF_INET6, &v6->sin6_addr, text.data(), text.size());
}

}  // namespace

Result<std::unique_ptr<Listener>> Listener::open(asio::io_context& io, Endpoint const& endpoint) {
  std::unique_ptr<Listener> listener(new Listener(io));
  if (auto listening = listener->listen(endpoint); !listening) return listening.error();
  return listener;
}

Listener::Listener(asio::io_context& io) : io_(io), acceptor_(asio::make_strand(io)) {}

Listener::~Listener() {
  if (!unix_path_.empty()) ::unlink(unix_path_.c_str());
}

Result<> Listener::listen(Endpoint const& endpoint) {
  if (auto checked = check_place(endpoint); !checked) return checked.error();
  if (endpoint.tls) {
    auto tls = make_server_tls(*endpoint.tls);
    if (!tls) return tls.error();
    tls_.emplace(std::move(*tls));
  }
  error_code failure;
  if (!endpoint.unix_path.empty() && is_left_over(endpoint.unix_path)) ::unlink(endpoint.unix_path.c_str());
  auto const place = place_of(endpoint);
  acceptor_.open(place.protocol(), failure);
  if (!failure && endpoint.unix_path.empty()) acceptor_.set_option(Acceptor::reuse_address(true), failure);
  if (!failure) acceptor_.bind(place, failure);
  if (failure) return refusal_of(failure, endpoint);
  unix_path_ = endpoint.unix_path;
  // Before listening, so that nobody can connect while the file is still open to others.
  if (!unix_path_.empty() && ::chmod(unix_path_.c_str(), S_IRUSR | S_IWUSR) != 0) {
    return refuse("port_forbidden", unix_path_ + " cannot be closed to other users: " + std::strerror(errno) + ".");
  }
  acceptor_.listen(asio::socket_base::max_listen_connections, failure);
  if (failure) return refusal_of(failure, endpoint);
  return {};
}

std::uint16_t Listener::port() const {
  error_code failure;
  auto const place = acceptor_.local_endpoint(failure);
  if (failure) return 0;
  auto const* const address = static_cast<sockaddr const*>(place.data());
  if (address->sa_family == AF_INET) return ntohs(reinterpret_cast<sockaddr_in const*>(address)->sin_port);
  if (address->sa_family == AF_INET6) return ntohs(reinterpret_cast<sockaddr_in6 const*>(address)->sin6_port);
  return 0;
}

asio::awaitable<void> Listener::run(Accepted accepted) {
  asio::steady_timer pause(executor());
  while (acceptor_.is_open()) {
    Socket socket{asio::any_io_executor(asio::make_strand(io_))};
    Generic::endpoint from;
    error_code failure;
    co_await acceptor_.async_accept(socket, from, asio::redirect_error(asio::use_awaitable, failure));
    if (!failure) {
      Peer peer;
      peer.address = address_of(static_cast<sockaddr const*>(from.data()));
      peer.is_local_socket = peer.address == "local";
      accepted(SocketStream(std::move(socket), tls_ ? &*tls_ : nullptr), std::move(peer));
    } else if (acceptor_.is_open()) {
      // Out of descriptors: the pending connection stays in the queue, so accepting again at once would spin.
      pause.expires_after(kPauseWithoutDescriptors);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, failure));
    }
  }
}

void Listener::close() {
  error_code ignored;  // a listener that is closed already is what was wanted
  acceptor_.close(ignored);
}

}  // namespace fieldnode::net

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "node/net/router.h"
#include "sync/base/bytes.h"
#include "sync/base/result.h"

namespace fieldnode::net {

/// What a server shows and whom it believes. PEM texts.
struct TlsServerIdentity {
  std::string certificate_chain_pem{};  ///< leaf first, then the CA: enrolment pins the CA that it finds here
  std::string private_key_pem{};
  /// Asks clients for a certificate of this CA; none is fine, a foreign one ends the handshake. Empty: does not ask.
  std::string client_ca_pem{};
  /// 80 bytes shared by several processes so that each resumes the others' sessions; empty: made here.
  Bytes ticket_keys{};
};

struct Endpoint {
  std::string address = "127.0.0.1";  ///< IP address, never a name
  std::uint16_t port = 0;             ///< 0: the system picks one
  std::optional<TlsServerIdentity> tls{};
  std::string unix_path{};  ///< when set: a unix socket (mode 0600) instead of address and port
};

/// Every limit of a connection. README.md has the table with reasons.
struct HttpLimits {
  std::size_t header_max_bytes = 16 * 1024;
  std::size_t connections_max = 256;
  std::size_t connections_per_address_max = 32;
  /// A verified client certificate is counted by itself instead of by its address. 0: by address.
  std::size_t connections_per_certificate_max = 0;
  Milliseconds handshake_max{60'000};
  Milliseconds header_max{30'000};
  Milliseconds idle_max{120'000};
  /// A body must bring `body_progress_min_bytes` in each `body_progress_window`, else the client is not sending.
  std::uint64_t body_progress_min_bytes = 256;
  Milliseconds body_progress_window{30'000};
  /// A client must take at least one byte of an answer in this time.
  Milliseconds write_stall_max{30'000};
  Milliseconds heartbeat{15'000};
  std::size_t event_queue_max_events = 256;
  std::size_t event_queue_max_bytes = 256 * 1024;
};

struct HttpServerOptions {
  std::vector<Endpoint> endpoints{};
  /// Exact values of Host that are served ("office.lan", "127.0.0.1:8443"); without a port, any port is right.
  /// Against DNS rebinding. Unix sockets are not asked.
  std::vector<std::string> hosts{};
  HttpLimits limits{};
  unsigned io_threads = 2;
  unsigned worker_threads = 4;
  Milliseconds stop_max{5'000};
  /// Told what broke inside a handler or connection; must be safe to call from any thread.
  FaultReport on_fault{};
};

/// Serves a router over HTTP/1.1 on any number of endpoints until stopped.
/// Thread: all methods from the owner's thread; handlers run on their own worker threads.
class HttpServer {
 public:
  /// Listens on all endpoints or on none.
  /// Errors: `port_in_use`, `port_forbidden`, `address_not_here`, `bad_address`, `plain_not_loopback`,
  /// `bad_certificate`, `bad_ticket_keys`.
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> start(HttpServerOptions options, Router router);

  ~HttpServer();
  HttpServer(HttpServer const&) = delete;
  HttpServer& operator=(HttpServer const&) = delete;

  /// The actual ports, in the order of the endpoints (0 for a unix socket).
  [[nodiscard]] std::vector<std::uint16_t> const& ports() const;
  [[nodiscard]] std::size_t connection_count() const;

  /// Stops listening, gives parked requests their timeout answer, ends event streams, lets running requests finish
  /// for at most `stop_max`, then cuts. Returns once every thread has ended. A second call does nothing.
  void stop();

 private:
  class Core;
  explicit HttpServer(std::unique_ptr<Core> core);
  std::unique_ptr<Core> core_;
};

}  // namespace fieldnode::net

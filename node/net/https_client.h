#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "node/net/http.h"
#include "sync/base/bytes.h"
#include "sync/base/result.h"
#include "sync/base/time.h"

namespace fieldnode::net {

/// TLS sessions that outlive connections: a reconnect then costs one round trip less and no certificates (about 3 kB).
/// Give the same one to every client that talks to the same centre.
/// Thread: any.
class TlsSessionCache {
 public:
  TlsSessionCache();
  ~TlsSessionCache();
  TlsSessionCache(TlsSessionCache const&) = delete;
  TlsSessionCache& operator=(TlsSessionCache const&) = delete;

 private:
  friend class HttpsClient;
  class Share;
  std::unique_ptr<Share> share_;
};

/// Whom a client believes, and how it shows itself.
struct HttpsTrust {
  /// The one CA whose servers are believed; the system's store is never asked.
  std::string ca_pem{};
  /// For enrolment, when `ca_pem` is empty: the first 10 to 32 bytes of the SHA-256 of the CA's certificate (DER). The
  /// server must send that CA in its chain.
  Bytes ca_pin{};
  std::string client_certificate_pem{};  ///< empty: none is shown
  std::string client_private_key_pem{};
  /// True time as far as it is known: a certificate is out of date only if it is for every moment of the interval.
  /// So a dead battery cannot lock a node out. Required.
  std::function<TimeInterval()> trusted_time{};
};

struct HttpsClientOptions {
  std::string base_url{};  ///< "https://centre.example:8443", no path
  HttpsTrust trust{};
  TlsSessionCache* sessions = nullptr;  ///< must outlive the client; null: the client's own
  Milliseconds connect_max{10'000};     ///< to an established TCP connection, name resolution included
  /// The call ends when for so long the peer's kernel confirms no byte and sends none. What moves is never cut.
  Milliseconds stall_max{10'000};
  std::size_t answer_max_bytes = 8 * 1024 * 1024;
  std::string user_agent = "fieldnode/" FIELDNODE_VERSION;
  std::string proxy{};  ///< "http://proxy.example:3128"; empty: none, whatever the environment says
  bool allows_tls12 = false;
};

struct CallOptions {
  /// The media type that an answer must have.
  std::string answer_type = "application/octet-stream";
  std::string body_type = "application/octet-stream";
  /// How long the server may say nothing once it has the whole request (a long poll), on top of `stall_max`.
  Milliseconds wait{0};
  Fields headers{};
  /// Where the body of a usable answer goes as it comes, instead of into the answer; false ends the call.
  /// Thread: the caller's. What it throws passes through the call.
  std::function<bool(BytesView)> on_body{};
};

struct HttpAnswer {
  int status = 0;
  Fields headers{};
  Bytes body;
};

/// Why a call gave no usable answer. A Refusal for those who only report it.
struct CallFailure : Refusal {
  /// `http_error`: what the server said instead, its body at most 64 KiB long.
  std::optional<HttpAnswer> answer;

  /// The time that Retry-After names in seconds.
  [[nodiscard]] std::optional<Milliseconds> retry_after() const;
};

template <class T>
using CallResult = boost::system::result<T, CallFailure>;

struct Traffic {
  std::uint64_t bytes_sent = 0;      ///< confirmed by the peer, TLS included
  std::uint64_t bytes_received = 0;  ///< TLS included
  std::uint64_t connections = 0;     ///< opened so far
};

/// One kept-alive HTTPS connection to one server. No redirects, no cookies, no proxy from the environment.
/// Thread: one call at a time; `cancel`, `shut`, `traffic` and `answer_comes` from any thread.
class HttpsClient {
 public:
  /// Errors: `bad_url` (not https), `bad_certificate`, `bad_key`, `bad_pin`.
  [[nodiscard]] static Result<std::unique_ptr<HttpsClient>> make(HttpsClientOptions options);
  ~HttpsClient();
  HttpsClient(HttpsClient const&) = delete;
  HttpsClient& operator=(HttpsClient const&) = delete;

  /// Sends `body` and gives the answer if its status is 2xx and its type is the asked one.
  /// Errors: `unreachable` (no name, no route, refused), `timeout` (nothing moved), `wrong_ca`,
  /// `wrong_host` (certificate of another server), `certificate_dates`, `tls_failed`, `connection_lost`,
  /// `http_error` (another status; with the answer), `redirected` (3xx; with the answer), `bad_content_type` (a captive
  /// portal), `too_large`, `cancelled`.
  [[nodiscard]] CallResult<HttpAnswer> post(std::string_view path, BytesView body, CallOptions const& options = {});
  /// Errors: as `post`.
  [[nodiscard]] CallResult<HttpAnswer> get(std::string_view path, CallOptions const& options = {});

  /// Ends the running call as `cancelled` within milliseconds; if none runs, the next one. So a caller on another
  /// thread need not know whether the call that it means has begun.
  void cancel();
  /// Ends the running call and every later one.
  void shut();

  [[nodiscard]] Traffic traffic() const;
  /// The answer to the running call has begun and is not here whole.
  [[nodiscard]] bool answer_comes() const;
  /// The CA that the pin has accepted, as PEM, to be stored and given as `ca_pem` from then on. Empty before that.
  [[nodiscard]] std::string const& accepted_ca_pem() const;

 private:
  class Core;
  explicit HttpsClient(std::unique_ptr<Core> core);
  std::unique_ptr<Core> core_;
};

}  // namespace fieldnode::net

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/time.h"

namespace fieldnode::net {

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete };

[[nodiscard]] std::string_view name_of(Method method);
/// Nothing for methods that this server does not speak (OPTIONS, TRACE, CONNECT, ...).
[[nodiscard]] std::optional<Method> method_named(std::string_view name);

/// Header fields in the order of the wire; names compare without regard to ASCII case.
class Fields {
 public:
  struct Field {
    std::string name;
    std::string value;
  };

  void add(std::string name, std::string value);
  /// Replaces every field of that name.
  void set(std::string name, std::string value);
  /// The first field of that name.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::size_t count(std::string_view name) const;
  [[nodiscard]] std::vector<Field> const& all() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

/// A client certificate that the server's CA has verified. Its dates are reported, not judged: the handler owns the
/// time, and an expired certificate of an unrevoked node may still renew.
struct PeerCertificate {
  Hash fingerprint{};  ///< SHA-256 of the DER form
  std::string common_name;
  std::string serial;  ///< hexadecimal, lower case
  UtcTime not_before{};
  UtcTime not_after{};
};

/// Who is at the other end of the connection.
struct Peer {
  std::string address;  ///< "192.168.1.7", "::1", or "local" on a unix socket
  bool is_tls = false;
  bool is_local_socket = false;
  bool is_resumed = false;       ///< the TLS session was resumed
  std::uint64_t connection = 0;  ///< counts from 1; requests on one kept-alive connection share it
  std::optional<PeerCertificate> certificate;
};

struct HttpRequest {
  Method method = Method::kGet;
  std::string target;                                              ///< as sent: path and query
  std::string path;                                                ///< decoded
  std::multimap<std::string, std::string, std::less<>> query;      ///< decoded
  std::map<std::string, std::string, std::less<>> path_variables;  ///< from the route's pattern, decoded
  Fields headers{};
  std::map<std::string, std::string, std::less<>> cookies;
  std::string body;
  Peer peer;

  [[nodiscard]] BytesView body_bytes() const { return bytes_of(body); }
  /// The first header of that name, or an empty text.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  /// The first query parameter of that name.
  [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
  /// The value of `{name}` in the route's pattern; a name that the pattern lacks breaks the program.
  [[nodiscard]] std::string const& path_variable(std::string_view name) const;
  /// The media type of the body in lower case, without parameters.
  [[nodiscard]] std::string content_type() const;
  [[nodiscard]] bool accepts_gzip() const;
};

/// A body that is not held in memory as a whole: asked for its pieces one after another, while the client takes them.
/// Thread: a worker's; one call at a time.
class BodySource {
 public:
  virtual ~BodySource() = default;
  /// Units: bytes of all pieces together.
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// The next piece; empty when the rest cannot be had: the connection is then cut, so that nobody takes a part for the
  /// whole.
  [[nodiscard]] virtual std::string next() = 0;
};

struct HttpResponse {
  int status = 200;
  Fields headers{};
  std::string body;
  std::shared_ptr<BodySource> source{};  ///< the body instead of `body`

  /// Adds a header; for chains of builders.
  [[nodiscard]] HttpResponse with(std::string name, std::string value) &&;
};

/// A body already written as JSON.
[[nodiscard]] HttpResponse json_response(int status, std::string json);
[[nodiscard]] HttpResponse text_response(int status, std::string text);
/// Exact bytes under `content_type`.
[[nodiscard]] HttpResponse bytes_response(int status, std::string content_type, BytesView bytes);
[[nodiscard]] HttpResponse empty_response(int status = 204);
/// What is said to a person, in both languages of the pages.
struct Sentence {
  std::string_view zh;
  std::string_view en;
};
/// `{"error":{"code":...,"sentence":{"zh":...,"en":...}}}`: the one form of every failure.
[[nodiscard]] HttpResponse error_response(int status, std::string_view code, Sentence const& sentence);
/// For programs and tests, which read one language: both then say the same.
[[nodiscard]] HttpResponse error_response(int status, std::string_view code, std::string_view sentence);
/// 429 or 503 that names when to come back. Units: `retry_after` is rounded up to whole seconds.
[[nodiscard]] HttpResponse busy_response(int status, std::string_view sentence, Milliseconds retry_after);
/// A file for the disk, never for display: attachment, sandboxed.
[[nodiscard]] HttpResponse download_response(std::string content_type, std::string_view file_name, std::string body);
/// The same for a file of any size.
[[nodiscard]] HttpResponse download_response(std::string content_type, std::string_view file_name,
                                             std::shared_ptr<BodySource> source);

[[nodiscard]] std::string_view reason_of(int status);

}  // namespace fieldnode::net

#include "node/net/https_client.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <mutex>
#include <utility>

#include "node/net/curl_call.h"
#include "node/net/server_trust.h"
#include "sync/base/check.h"

namespace fieldnode::net {
namespace {

using Headers = std::unique_ptr<curl_slist, decltype([](curl_slist* list) { curl_slist_free_all(list); })>;

void add_header(Headers& headers, std::string const& line) {
  auto* const longer = curl_slist_append(headers.get(), line.c_str());
  if (longer == nullptr) throw BrokenWorld("libcurl cannot hold a header");
  static_cast<void>(headers.release());
  headers.reset(longer);
}

CallFailure failure(std::string_view code, std::string sentence) {
  return CallFailure{refuse(code, std::move(sentence)), std::nullopt};
}

bool is_tls_code(CURLcode code) {
  return code == CURLE_SSL_CONNECT_ERROR || code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_CIPHER ||
         code == CURLE_SSL_ENGINE_NOTFOUND || code == CURLE_SSL_ENGINE_SETFAILED || code == CURLE_SSL_CACERT_BADFILE ||
         code == CURLE_SSL_ISSUER_ERROR || code == CURLE_SSL_INVALIDCERTSTATUS || code == CURLE_SSL_CLIENTCERT;
}

/// With TLS 1.3 a server refuses a client's certificate only after the handshake: it arrives as a broken reading.
bool is_tls_alert(std::string const& detail) { return detail.find("alert") != std::string::npos; }

CallFailure failure_of_trust(ServerTrust const& trust, std::string const& server, std::string const& detail) {
  switch (trust.verdict()) {
    case ServerTrust::Verdict::kWrongCa:
      return failure("wrong_ca", server +
                                     " shows a certificate that is not from the city's CA; somebody may be "
                                     "listening in, or the centre was set up anew: ask its operator.");
    case ServerTrust::Verdict::kDates:
      return failure("certificate_dates", server + ": " + trust.detail() + "; ask its operator for a new certificate.");
    case ServerTrust::Verdict::kAccepted:
      return failure("wrong_host", server + " shows the certificate of another server (" + detail +
                                       "); check the address in the configuration.");
    default:
      return failure("tls_failed", server + " shows a broken certificate: " + detail + ".");
  }
}

CallFailure failure_of_code(CURLcode code, std::string const& server, std::string const& detail) {
  if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_COULDNT_CONNECT) {
    return failure("unreachable",
                   server + " cannot be reached (" + detail + "); check cable, address and name server.");
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return failure("timeout", server + " does not answer (" + detail + "); trying again later may help.");
  }
  if (is_tls_code(code) || is_tls_alert(detail)) {
    return failure("tls_failed", "No secure connection to " + server + " (" + detail +
                                     "); the centre may have refused this node's certificate.");
  }
  return failure("connection_lost", "The connection to " + server + " broke (" + detail + "); it is tried again.");
}

curl_blob blob_of(std::string const& text) { return {const_cast<char*>(text.data()), text.size(), CURL_BLOB_COPY}; }

}  // namespace

/// libcurl's session store with the locks it asks for.
class TlsSessionCache::Share {
 public:
  Share() : share_(curl_share_init()) {
    if (share_ == nullptr) throw BrokenWorld("libcurl gives no share");
    curl_share_setopt(share_, CURLSHOPT_LOCKFUNC, &Share::lock);
    curl_share_setopt(share_, CURLSHOPT_UNLOCKFUNC, &Share::unlock);
    curl_share_setopt(share_, CURLSHOPT_USERDATA, this);
    curl_share_setopt(share_, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
  }
  ~Share() { curl_share_cleanup(share_); }
  Share(Share const&) = delete;
  Share& operator=(Share const&) = delete;

  [[nodiscard]] CURLSH* handle() { return share_; }

 private:
  static void lock(CURL*, curl_lock_data data, curl_lock_access, void* self) {
    static_cast<Share*>(self)->mutexes_.at(static_cast<std::size_t>(data)).lock();
  }
  static void unlock(CURL*, curl_lock_data data, void* self) {
    static_cast<Share*>(self)->mutexes_.at(static_cast<std::size_t>(data)).unlock();
  }

  CurlLibrary library_;
  std::array<std::mutex, CURL_LOCK_DATA_LAST> mutexes_;
  CURLSH* share_;
};

TlsSessionCache::TlsSessionCache() : share_(std::make_unique<Share>()) {}
TlsSessionCache::~TlsSessionCache() = default;

std::optional<Milliseconds> CallFailure::retry_after() const {
  auto const text = answer ? answer->headers.find("Retry-After") : std::nullopt;
  if (!text) return std::nullopt;
  unsigned seconds = 0;
  auto const parsed = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (parsed.ec != std::errc{} || parsed.ptr != text->data() + text->size()) return std::nullopt;
  return std::chrono::seconds(seconds);
}

class HttpsClient::Core {
 public:
  Core(HttpsClientOptions options, std::unique_ptr<ServerTrust> trust)
      : options_(std::move(options)), trust_(std::move(trust)), call_(options_.stall_max) {}

  [[nodiscard]] CallResult<HttpAnswer> run(std::string_view path, std::optional<BytesView> body,
                                           CallOptions const& options);
  [[nodiscard]] CurlCall& call() { return call_; }
  [[nodiscard]] std::string const& accepted_ca_pem() const { return trust_->accepted_ca_pem(); }

 private:
  static CURLcode install_trust(CURL* easy, void* context, void* trust);
  void set_trust(CURL* easy);
  void set_request(CURL* easy, std::optional<BytesView> body, CallOptions const& options, Headers& headers);
  [[nodiscard]] CallResult<HttpAnswer> translate(CallEnd end, CallOptions const& options) const;

  HttpsClientOptions const options_;
  std::unique_ptr<ServerTrust> trust_;  // outlives the connections of call_
  TlsSessionCache own_sessions_;
  CurlCall call_;
};

CURLcode HttpsClient::Core::install_trust(CURL*, void* context, void* trust) try {
  static_cast<ServerTrust*>(trust)->install(static_cast<SSL_CTX*>(context));
  return CURLE_OK;
} catch (std::exception const&) {
  return CURLE_SSL_CONNECT_ERROR;  // an exception must not pass through C
}

void HttpsClient::Core::set_trust(CURL* easy) {
  auto const& trust = options_.trust;
  // A session made under a pin must never serve a client that asks for a whole CA, so a pin keeps its own cache.
  bool const shares = options_.sessions != nullptr && !trust.ca_pem.empty();
  curl_easy_setopt(easy, CURLOPT_SHARE, (shares ? *options_.sessions : own_sessions_).share_->handle());
  curl_easy_setopt(easy, CURLOPT_SSLVERSION,
                   static_cast<long>(options_.allows_tls12 ? CURL_SSLVERSION_TLSv1_2 : CURL_SSLVERSION_TLSv1_3));
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr);
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, &Core::install_trust);
  curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, trust_.get());
  if (!trust.ca_pem.empty()) {
    // Judged by ServerTrust; named here too, because libcurl resumes sessions only under the same CA.
    auto ca = blob_of(trust.ca_pem);
    curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &ca);
  }
  if (trust.client_certificate_pem.empty()) return;
  auto certificate = blob_of(trust.client_certificate_pem);
  auto key = blob_of(trust.client_private_key_pem);
  curl_easy_setopt(easy, CURLOPT_SSLCERT_BLOB, &certificate);
  curl_easy_setopt(easy, CURLOPT_SSLKEY_BLOB, &key);
}

void HttpsClient::Core::set_request(CURL* easy, std::optional<BytesView> body, CallOptions const& options,
                                    Headers& headers) {
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(easy, CURLOPT_USERAGENT, options_.user_agent.c_str());
  // An empty text also switches off what the environment would add.
  curl_easy_setopt(easy, CURLOPT_PROXY, options_.proxy.c_str());
  if (!options.answer_type.empty()) add_header(headers, "Accept: " + options.answer_type);
  for (auto const& field : options.headers.all()) add_header(headers, field.name + ": " + field.value);
  if (body) {
    add_header(headers, "Content-Type: " + options.body_type);
    add_header(headers, "Expect:");  // waiting for 100 Continue would cost a round trip
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body->empty() ? "" : reinterpret_cast<char const*>(body->data()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
  }
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
}

CallResult<HttpAnswer> HttpsClient::Core::run(std::string_view path, std::optional<BytesView> body,
                                              CallOptions const& options) {
  check(path.starts_with('/') && path.find_first_of(" \r\n#") == std::string_view::npos, "a call needs a clean path");
  auto* const easy = call_.reset();
  auto const url = options_.base_url + std::string(path);
  Headers headers;
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  set_trust(easy);
  set_request(easy, body, options, headers);
  trust_->forget();
  auto end = call_.run({.connect_max = options_.connect_max,
                        .stall_max = options_.stall_max,
                        .wait = options.wait,
                        .answer_max_bytes = options_.answer_max_bytes,
                        .answer_type = options.answer_type,
                        .body_bytes = body ? body->size() : 0});
  return translate(std::move(end), options);
}

CallResult<HttpAnswer> HttpsClient::Core::translate(CallEnd end, CallOptions const& options) const {
  auto const& server = options_.base_url;
  if (end.why == CallEnd::Why::kCancelled) return failure("cancelled", "The call to " + server + " was called off.");
  if (end.why == CallEnd::Why::kNotConnected) {
    return failure("timeout", server + " takes no connection; check cable, address and firewall.");
  }
  if (end.why == CallEnd::Why::kStalled) {
    return failure("timeout", "Nothing moves on the connection to " + server + "; a new one is tried.");
  }
  if (end.is_wrong_type) {
    return failure(
        "bad_content_type",
        fmt::format("{} answered {} instead of {}; a login page of the network may stand in between.", server,
                    end.answer.headers.find("Content-Type").value_or("nothing"), options.answer_type));
  }
  if (end.is_too_large) return failure("too_large", server + " answered with more bytes than this node takes.");
  bool const is_good = end.answer.status >= 200 && end.answer.status < 300;
  if (end.answer.status >= 300 || (end.code == CURLE_OK && !is_good)) {
    auto sentence = fmt::format("{} answered {} {}.", server, end.answer.status, reason_of(end.answer.status));
    return CallFailure{refuse("http_error", std::move(sentence)), std::move(end.answer)};
  }
  if (end.code == CURLE_PEER_FAILED_VERIFICATION) return failure_of_trust(*trust_, server, end.detail);
  if (end.code != CURLE_OK) return failure_of_code(end.code, server, end.detail);
  return std::move(end.answer);
}

Result<std::unique_ptr<HttpsClient>> HttpsClient::make(HttpsClientOptions options) {
  auto const& url = options.base_url;
  constexpr std::string_view kScheme = "https://";
  if (!url.starts_with(kScheme) || url.size() == kScheme.size() ||
      url.find_first_of("/@?# ", kScheme.size()) != std::string::npos) {
    return refuse("bad_url", "\"" + url + "\" is no address of a centre; write https://name or https://name:port.");
  }
  auto trust = ServerTrust::make(options.trust);
  if (!trust) return trust.error();
  auto const& shown = options.trust;
  if (!shown.client_certificate_pem.empty()) {
    auto const certificate = certificate_from_pem(shown.client_certificate_pem);
    auto const key = key_from_pem(shown.client_private_key_pem);
    if (!certificate) return refuse("bad_certificate", "This node's certificate is not PEM; enrol again.");
    if (!key || X509_check_private_key(certificate.get(), key.get()) != 1) {
      static_cast<void>(openssl_errors());
      return refuse("bad_key", "This node's private key does not belong to its certificate; enrol again.");
    }
  }
  auto core = std::make_unique<Core>(std::move(options), std::move(*trust));
  return std::unique_ptr<HttpsClient>(new HttpsClient(std::move(core)));
}

HttpsClient::HttpsClient(std::unique_ptr<Core> core) : core_(std::move(core)) {}
HttpsClient::~HttpsClient() = default;

CallResult<HttpAnswer> HttpsClient::post(std::string_view path, BytesView body, CallOptions const& options) {
  return core_->run(path, body, options);
}

CallResult<HttpAnswer> HttpsClient::get(std::string_view path, CallOptions const& options) {
  return core_->run(path, std::nullopt, options);
}

void HttpsClient::cancel() { core_->call().cancel(); }
void HttpsClient::shut() { core_->call().shut(); }
Traffic HttpsClient::traffic() const { return core_->call().traffic(); }
std::string const& HttpsClient::accepted_ca_pem() const { return core_->accepted_ca_pem(); }

}  // namespace fieldnode::net

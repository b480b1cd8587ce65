#include "node/net/https_client.h"

#include <array>
#include <charconv>
#include <mutex>
#include <utility>

#include "node/net/curl_call.h"
#include "node/net/curl_request.h"
#include "node/net/server_trust.h"

namespace fieldnode::net {
namespace {

CallFailure failure_of_trust(ServerTrust const& trust, std::string const& server, std::string const& detail) {
  switch (trust.verdict()) {
    case ServerTrust::Verdict::kWrongCa:
      return call_failure("wrong_ca", server +
                                          " shows a certificate that is not from the city's CA; somebody may be "
                                          "listening in, or the centre was set up anew: ask its operator.");
    case ServerTrust::Verdict::kDates:
      return call_failure("certificate_dates",
                          server + ": " + trust.detail() + "; ask its operator for a new certificate.");
    case ServerTrust::Verdict::kAccepted:
      return call_failure("wrong_host", server + " shows the certificate of another server (" + detail +
                                            "); check the address in the configuration.");
    default:
      return call_failure("tls_failed", server + " shows a broken certificate: " + detail + ".");
  }
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

CallResult<HttpAnswer> HttpsClient::Core::run(std::string_view path, std::optional<BytesView> body,
                                              CallOptions const& options) {
  auto* const easy = call_.reset();
  CurlRequest const request(easy, {.base_url = options_.base_url, .path = path, .body = body, .options = options});
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(easy, CURLOPT_USERAGENT, options_.user_agent.c_str());
  // An empty text also switches off what the environment would add.
  curl_easy_setopt(easy, CURLOPT_PROXY, options_.proxy.c_str());
  set_trust(easy);
  trust_->forget();
  auto end = call_.run({.connect_max = options_.connect_max,
                        .stall_max = options_.stall_max,
                        .wait = options.wait,
                        .answer_max_bytes = options_.answer_max_bytes,
                        .answer_type = options.answer_type,
                        .body_bytes = body ? body->size() : 0,
                        .on_body = options.on_body});
  if (end.code == CURLE_PEER_FAILED_VERIFICATION && end.why == CallEnd::Why::kDone) {
    return failure_of_trust(*trust_, options_.base_url, end.detail);
  }
  return answer_of(std::move(end), options_.base_url, options);
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
bool HttpsClient::answer_comes() const { return core_->call().answer_comes(); }
std::string const& HttpsClient::accepted_ca_pem() const { return core_->accepted_ca_pem(); }

}  // namespace fieldnode::net

#include "node/net/local_client.h"

#include <utility>

#include "node/net/curl_call.h"
#include "node/net/curl_request.h"

namespace fieldnode::net {
namespace {

constexpr std::size_t kAnswerMaxBytes = 64 * 1024 * 1024;
constexpr Milliseconds kConnectMax{5'000};

}  // namespace

class LocalClient::Core {
 public:
  Core(std::string socket_path, Milliseconds answer_max)
      : socket_path_(std::move(socket_path)), answer_max_(answer_max), call_(answer_max) {}

  [[nodiscard]] CallResult<HttpAnswer> run(std::string_view path, std::optional<BytesView> body,
                                           CallOptions const& options) {
    auto* const easy = call_.reset();
    CurlRequest const request(easy, {.base_url = base_url_, .path = path, .body = body, .options = options});
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, socket_path_.c_str());
    auto end = call_.run({.connect_max = kConnectMax,
                          .stall_max = answer_max_,
                          .wait = options.wait,
                          .answer_max_bytes = kAnswerMaxBytes,
                          .answer_type = options.answer_type,
                          .body_bytes = body ? body->size() : 0,
                          .on_body = options.on_body});
    if (end.why == CallEnd::Why::kDone && end.code == CURLE_COULDNT_CONNECT) {
      return call_failure("not_running",
                          "No running program listens on " + socket_path_ + "; start it, or run this as its user.");
    }
    return answer_of(std::move(end), socket_path_, options);
  }

 private:
  std::string const socket_path_;
  std::string const base_url_ = "http://local";
  Milliseconds const answer_max_;
  CurlCall call_;
};

LocalClient::LocalClient(std::string socket_path, Milliseconds answer_max)
    : core_(std::make_unique<Core>(std::move(socket_path), answer_max)) {}
LocalClient::~LocalClient() = default;

CallResult<HttpAnswer> LocalClient::post(std::string_view path, BytesView body, CallOptions const& options) {
  return core_->run(path, body, options);
}

CallResult<HttpAnswer> LocalClient::get(std::string_view path, CallOptions const& options) {
  return core_->run(path, std::nullopt, options);
}

}  // namespace fieldnode::net

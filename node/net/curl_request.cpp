#include "node/net/curl_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "sync/base/check.h"

namespace fieldnode::net {
namespace {

constexpr std::string_view kPortalAdvice =
    "a login page of the network may stand in between: sign in there with a browser, or ask who runs the network.";
constexpr std::size_t kRepeatedBodyMaxBytes = 16 * 1024;

bool is_tls_code(CURLcode code) {
  return code == CURLE_SSL_CONNECT_ERROR || code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_CIPHER ||
         code == CURLE_SSL_ENGINE_NOTFOUND || code == CURLE_SSL_ENGINE_SETFAILED || code == CURLE_SSL_CACERT_BADFILE ||
         code == CURLE_SSL_ISSUER_ERROR || code == CURLE_SSL_INVALIDCERTSTATUS || code == CURLE_SSL_CLIENTCERT;
}

/// With TLS 1.3 a server refuses a client's certificate only after the handshake: it arrives as a broken reading.
bool is_tls_alert(std::string const& detail) { return detail.find("alert") != std::string::npos; }

/// The line broke while TLS was being agreed on: nobody has refused anything.
bool is_cut_handshake(CURLcode code, std::string const& detail) {
  static constexpr std::array<std::string_view, 3> kCuts{"SSL_ERROR_SYSCALL", "Connection reset", "unexpected eof"};
  return code == CURLE_SSL_CONNECT_ERROR && std::ranges::any_of(kCuts, [&detail](std::string_view words) {
           return detail.find(words) != std::string::npos;
         });
}

CallFailure failure_of_code(CURLcode code, std::string const& server, std::string const& detail) {
  if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_COULDNT_CONNECT) {
    return call_failure("unreachable",
                        server + " cannot be reached (" + detail + "); check cable, address and name server.");
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return call_failure("timeout", server + " does not answer (" + detail + "); trying again later may help.");
  }
  if ((is_tls_code(code) && !is_cut_handshake(code, detail)) || is_tls_alert(detail)) {
    std::string_view const advice = is_tls_alert(detail) ? "); the centre may have refused this node's certificate."
                                                         : "); check that this is the address of its sync port.";
    return call_failure("tls_failed", "No secure connection to " + server + " (" + detail + std::string(advice));
  }
  return call_failure("connection_lost", "The connection to " + server + " broke (" + detail + "); it is tried again.");
}

/// Whoever gave this status, the centre or something on the way: what a person can do.
std::string_view advice_on(int status) {
  switch (status) {
    case 401:
    case 403:
    case 407:
      return "it, or something on the way to it, wants another login than this node's: ask who runs the network.";
    case 404:
    case 405:
      return "no centre is at work there: check that this is the address of its sync port.";
    case 413:
      return "something on the way takes no message of this size: ask who runs the network.";
    case 429:
    case 503:
      return "it is busy, and is asked again by itself.";
    default:
      return "it is asked again by itself; if this lasts, tell the centre's operator.";
  }
}

CallFailure failure_of_status(HttpAnswer&& answer, std::string const& server) {
  auto const said = fmt::format("{} answered {} {}", server, answer.status, reason_of(answer.status));
  bool const is_elsewhere = answer.status >= 300 && answer.status < 400;
  auto refusal = is_elsewhere ? refuse("redirected", said + ", an address elsewhere; " + std::string(kPortalAdvice))
                              : refuse("http_error", said + "; " + std::string(advice_on(answer.status)));
  return CallFailure{std::move(refusal), std::move(answer)};
}

}  // namespace

CurlRequest::CurlRequest(CURL* easy, RequestParts const& parts) {
  check(parts.path.starts_with('/') && parts.path.find_first_of(" \r\n#") == std::string_view::npos,
        "a call needs a clean path");
  auto const url = parts.base_url + std::string(parts.path);
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  auto const& options = parts.options;
  if (!options.answer_type.empty()) add_header("Accept: " + options.answer_type);
  for (auto const& field : options.headers.all()) add_header(field.name + ": " + field.value);
  if (parts.body) {
    add_header("Content-Type: " + options.body_type);
    add_header("Expect:");  // waiting for 100 Continue would cost a round trip
    set_body(easy, *parts.body);
  }
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_);
}

/// Of a kept-alive connection libcurl cannot know whether it still lives: it repeats a request that broke without an
/// answer on a new one. For a long body the caller must decide: much of it may have arrived.
void CurlRequest::set_body(CURL* easy, BytesView body) {
  curl_easy_setopt(easy, CURLOPT_POST, 1L);
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  if (body.size() <= kRepeatedBodyMaxBytes) {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.empty() ? "" : reinterpret_cast<char const*>(body.data()));
    return;
  }
  body_left_ = body;
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, &CurlRequest::read_body);
  curl_easy_setopt(easy, CURLOPT_READDATA, this);
}

std::size_t CurlRequest::read_body(char* buffer, std::size_t size, std::size_t count, void* request) {
  auto& left = static_cast<CurlRequest*>(request)->body_left_;
  auto const taken = left.first(std::min(left.size(), size * count));
  std::ranges::copy(taken, buffer);
  left = left.subspan(taken.size());
  return taken.size();
}

void CurlRequest::add_header(std::string const& line) {
  check(line.find_first_of("\r\n") == std::string::npos, "a request header is one line");
  auto* const longer = curl_slist_append(headers_, line.c_str());
  if (longer == nullptr) throw BrokenWorld("libcurl cannot hold a header");
  headers_ = longer;
}

CallFailure call_failure(std::string_view code, std::string sentence) {
  return CallFailure{refuse(code, std::move(sentence)), std::nullopt};
}

CallResult<HttpAnswer> answer_of(CallEnd end, std::string const& server, CallOptions const& options) {
  if (end.why == CallEnd::Why::kCancelled)
    return call_failure("cancelled", "The call to " + server + " was called off.");
  if (end.why == CallEnd::Why::kNotConnected) {
    return call_failure("timeout", server + " takes no connection; check cable, address and firewall.");
  }
  if (end.why == CallEnd::Why::kStalled) {
    return call_failure("timeout", "Nothing moves on the connection to " + server + "; a new one is tried.");
  }
  if (end.is_wrong_type) {
    auto const type = end.answer.headers.find("Content-Type").value_or("nothing");
    return call_failure("bad_content_type", fmt::format("{} answered {} instead of {}; {}", server, type,
                                                        options.answer_type, kPortalAdvice));
  }
  if (end.is_too_large) return call_failure("too_large", server + " answered with more bytes than are taken here.");
  bool const is_good = end.answer.status >= 200 && end.answer.status < 300;
  if (end.answer.status >= 300 || (end.code == CURLE_OK && !is_good)) {
    return failure_of_status(std::move(end.answer), server);
  }
  if (end.code != CURLE_OK) return failure_of_code(end.code, server, end.detail);
  return std::move(end.answer);
}

}  // namespace fieldnode::net

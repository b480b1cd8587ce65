#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "node/net/curl_call.h"
#include "node/net/https_client.h"

namespace fieldnode::net {

/// Where a request goes and what it says. `body` none: GET.
struct RequestParts {
  std::string const& base_url;
  std::string_view path;
  std::optional<BytesView> body;
  CallOptions const& options;
};

/// Writes a request into a libcurl handle, and keeps alive what the handle points to.
class CurlRequest {
 public:
  CurlRequest(CURL* easy, RequestParts const& parts);
  ~CurlRequest() { curl_slist_free_all(headers_); }
  CurlRequest(CurlRequest const&) = delete;
  CurlRequest& operator=(CurlRequest const&) = delete;

 private:
  void add_header(std::string const& line);
  void set_body(CURL* easy, BytesView body);
  static std::size_t read_body(char* buffer, std::size_t size, std::size_t count, void* request);

  curl_slist* headers_ = nullptr;
  mutable BytesView body_left_;  ///< read by libcurl while the call runs
};

[[nodiscard]] CallFailure call_failure(std::string_view code, std::string sentence);

/// What a call came to: the answer, or the failure with a sentence that names `server`.
[[nodiscard]] CallResult<HttpAnswer> answer_of(CallEnd end, std::string const& server, CallOptions const& options);

}  // namespace fieldnode::net

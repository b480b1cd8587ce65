#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "node/net/https_client.h"

namespace fieldnode::net {

/// Calls the program that runs on this machine over its unix socket (mode 0600: the file is the credential).
/// Thread: one call at a time.
class LocalClient {
 public:
  /// `answer_max`: how long the program may take for one answer.
  explicit LocalClient(std::string socket_path, Milliseconds answer_max = Milliseconds(60'000));
  ~LocalClient();
  LocalClient(LocalClient const&) = delete;
  LocalClient& operator=(LocalClient const&) = delete;

  /// Errors: `not_running` when nobody listens on the socket; `http_error`, `bad_content_type`, `timeout`,
  /// `connection_lost` as HttpsClient.
  [[nodiscard]] CallResult<HttpAnswer> post(std::string_view path, BytesView body, CallOptions const& options = {});
  [[nodiscard]] CallResult<HttpAnswer> get(std::string_view path, CallOptions const& options = {});

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace fieldnode::net

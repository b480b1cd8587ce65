#pragma once

#include <curl/curl.h>

#include <atomic>
#include <mutex>
#include <vector>

#include "node/net/https_client.h"
#include "node/net/socket_facts.h"

namespace fieldnode::net {

/// The sockets of one client's libcurl handle: opened and closed here, so that what really moves on them is seen.
/// Thread: any.
class CallSockets {
 public:
  explicit CallSockets(Milliseconds dead_after) : dead_after_(dead_after) {}

  /// Of sockets opened from now on: small packets, and twice the time until a silent peer is dead.
  void expect_thin_line(bool is_thin) { is_thin_ = is_thin; }

  /// Makes `handle` open and close its sockets here. This object must outlive the handle's connections.
  void install(CURL* handle);

  /// Connected if any is; the counters are sums over all sockets ever opened.
  [[nodiscard]] SocketFacts facts() const;
  [[nodiscard]] Traffic traffic() const;

 private:
  static curl_socket_t open(void* self, curlsocktype purpose, curl_sockaddr* place);
  static int close(void* self, curl_socket_t socket);

  Milliseconds const dead_after_;
  std::atomic<bool> is_thin_{false};
  mutable std::mutex mutex_;
  std::vector<curl_socket_t> open_;
  SocketFacts closed_;  ///< sums over those that were closed
  std::uint64_t opened_{0};
};

}  // namespace fieldnode::net

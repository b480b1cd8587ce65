#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "node/net/http_server.h"

namespace fieldnode::net::testing {

/// A plain TCP client that says exactly what a test wants, well-formed or not.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer_bytes = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer_bytes > 0) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
    }
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&place), sizeof place), 0);
  }
  explicit RawClient(std::string const& unix_path) : socket_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un place{};
    place.sun_family = AF_UNIX;
    unix_path.copy(place.sun_path, sizeof place.sun_path - 1);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&place), sizeof place), 0);
  }
  ~RawClient() { close(); }
  RawClient(RawClient const&) = delete;
  RawClient& operator=(RawClient const&) = delete;

  bool say(std::string_view text) {
    while (!text.empty()) {
      auto const sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  /// Reads until `end` has come, the server closes, or `max` is over.
  std::string hear(std::string_view end, Milliseconds max = Milliseconds(5'000)) {
    auto const until = std::chrono::steady_clock::now() + max;
    while (heard_.find(end) == std::string::npos && read_some(until)) {
    }
    auto const at = heard_.find(end);
    return take(at == std::string::npos ? heard_.size() : at + end.size());
  }
  /// All that comes until the server closes; fails the test if it does not within `max`.
  std::string hear_all(Milliseconds max = Milliseconds(5'000)) {
    auto const until = std::chrono::steady_clock::now() + max;
    while (read_some(until)) {
    }
    EXPECT_TRUE(is_closed_) << "the server keeps the connection open";
    return take(heard_.size());
  }
  /// One response with Content-Length.
  std::string hear_response(Milliseconds max = Milliseconds(5'000)) {
    auto const until = std::chrono::steady_clock::now() + max;
    auto text = hear("\r\n\r\n", max);
    auto const at = text.find("Content-Length: ");
    if (at == std::string::npos) return text;
    auto const length = std::stoul(text.substr(at + 16));
    while (heard_.size() < length && read_some(until)) {
    }
    return text + take(std::min<std::size_t>(length, heard_.size()));
  }
  [[nodiscard]] bool is_closed() const { return is_closed_; }
  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

 private:
  bool read_some(std::chrono::steady_clock::time_point until) {
    auto const left = std::chrono::duration_cast<Milliseconds>(until - std::chrono::steady_clock::now()).count();
    pollfd waiting{socket_, POLLIN, 0};
    if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0) return false;
    char bytes[4096];
    auto const size = ::recv(socket_, bytes, sizeof bytes, 0);
    is_closed_ = size <= 0;
    if (size > 0) heard_.append(bytes, static_cast<std::size_t>(size));
    return size > 0;
  }
  std::string take(std::size_t size) {
    auto text = heard_.substr(0, size);
    heard_.erase(0, size);
    return text;
  }

  int socket_;
  std::string heard_;
  bool is_closed_ = false;
};

/// Waits for something that another thread brings about without telling anybody.
inline bool comes_true(std::function<bool()> const& condition, Milliseconds max = Milliseconds(5'000)) {
  auto const until = std::chrono::steady_clock::now() + max;
  std::mutex mutex;
  std::condition_variable nobody;
  std::unique_lock lock(mutex);
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= until) return false;
    nobody.wait_for(lock, Milliseconds(2));
  }
  return true;
}

inline std::unique_ptr<HttpServer> start(HttpServerOptions options, Router router) {
  auto server = HttpServer::start(std::move(options), std::move(router));
  EXPECT_TRUE(server) << server.error().sentence;
  return std::move(*server);
}

/// A plain server on 127.0.0.1 with a free port.
inline HttpServerOptions plain_options(HttpLimits limits = {}) {
  HttpServerOptions options;
  options.endpoints.push_back({});
  options.hosts = {"127.0.0.1"};
  options.limits = limits;
  options.stop_max = Milliseconds(1'000);
  return options;
}

inline std::string get_text(std::string_view target, std::string_view more = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + std::string(more) + "\r\n";
}

inline std::string post_text(std::string_view target, std::string_view body, std::string_view more = "") {
  return "POST " + std::string(target) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" +
         std::string(more) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace fieldnode::net::testing

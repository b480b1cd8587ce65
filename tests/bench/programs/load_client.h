#pragma once

#include <chrono>
#include <string>

namespace fieldnode::bench {

/// One kept-alive connection with one request under way, over a plain socket on loopback. Thread: one.
class LoadClient {
 public:
  using Clock = std::chrono::steady_clock;

  /// Errors: a BrokenWorld when nobody listens there.
  explicit LoadClient(unsigned port);
  LoadClient(LoadClient&& other) noexcept;
  LoadClient& operator=(LoadClient&&) = delete;
  ~LoadClient();

  [[nodiscard]] int socket() const { return socket_; }

  void send(std::string const& request);
  /// Takes in what has come. True when the answer is whole; then status and body are set until the next `send`.
  /// Errors: a BrokenWorld when the other end hung up, or answers without a length.
  [[nodiscard]] bool receive();

  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] std::string body() const { return answer_.substr(head_size_); }
  [[nodiscard]] Clock::time_point sent_at() const { return sent_at_; }

 private:
  void read_head();

  int socket_{-1};
  std::string answer_;
  std::size_t head_size_{0};   ///< 0: the head has not come yet
  std::size_t whole_size_{0};  ///< head and body
  int status_{0};
  Clock::time_point sent_at_;
};

}  // namespace fieldnode::bench

#include "tests/bench/programs/load_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "sync/base/result.h"

namespace fieldnode::bench {
namespace {

[[noreturn]] void broken(std::string_view what) { throw BrokenWorld(std::string(what) + ": " + std::strerror(errno)); }

int connect_to(unsigned port) {
  int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) broken("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0) broken("connect");
  int const yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return socket;
}

/// The number after `name` in the head of an answer.
std::size_t length_in(std::string const& head) {
  static constexpr std::string_view kName = "\ncontent-length:";
  for (std::size_t at = 0; at + kName.size() < head.size(); ++at) {
    if (::strncasecmp(head.data() + at, kName.data(), kName.size()) != 0) continue;
    return std::strtoull(head.data() + at + kName.size(), nullptr, 10);
  }
  throw BrokenWorld("an answer without a length: " + head);
}

}  // namespace

LoadClient::LoadClient(unsigned port) : socket_(connect_to(port)) {}

LoadClient::LoadClient(LoadClient&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

LoadClient::~LoadClient() {
  if (socket_ >= 0) ::close(socket_);
}

void LoadClient::send(std::string const& request) {
  answer_.clear();
  head_size_ = whole_size_ = 0;
  sent_at_ = Clock::now();
  for (std::size_t done = 0; done < request.size();) {
    auto const n = ::send(socket_, request.data() + done, request.size() - done, MSG_NOSIGNAL);
    if (n < 0) broken("send");
    done += static_cast<std::size_t>(n);
  }
}

bool LoadClient::receive() {
  std::array<char, 65536> buffer;
  auto const n = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (n < 0) broken("receive");
  if (n == 0) throw BrokenWorld("the server hung up in the middle of an answer");
  answer_.append(buffer.data(), static_cast<std::size_t>(n));
  if (head_size_ == 0) read_head();
  return head_size_ > 0 && answer_.size() >= whole_size_;
}

void LoadClient::read_head() {
  auto const end = answer_.find("\r\n\r\n");
  if (end == std::string::npos) return;
  head_size_ = end + 4;
  status_ = std::atoi(answer_.c_str() + std::strlen("HTTP/1.1 "));
  whole_size_ = head_size_ + length_in(answer_.substr(0, end));
}

}  // namespace fieldnode::bench

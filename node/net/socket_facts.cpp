#include "node/net/socket_facts.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>

namespace fieldnode::net {
namespace {

constexpr std::uint8_t kEstablished = 1;  // TCP_ESTABLISHED of the kernel's state table
constexpr std::uint8_t kSynSent = 2;
constexpr std::uint8_t kSynReceived = 3;
constexpr std::uint8_t kClosed = 7;

void set_number(int descriptor, int level, int option, int value) {
  // A socket that refuses (a unix socket, an old kernel) still works; the deadlines of this room stand behind.
  static_cast<void>(::setsockopt(descriptor, level, option, &value, sizeof value));
}

}  // namespace

std::optional<SocketFacts> socket_facts(int descriptor) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return std::nullopt;
  SocketFacts facts;
  facts.is_connected = info.tcpi_state >= kEstablished && info.tcpi_state != kSynSent &&
                       info.tcpi_state != kSynReceived && info.tcpi_state != kClosed;
  facts.acknowledged = info.tcpi_bytes_acked;
  facts.received = info.tcpi_bytes_received;
  facts.delivered_packets = info.tcpi_delivered;
  facts.received_packets = info.tcpi_data_segs_in;
  facts.has_unacknowledged = info.tcpi_unacked > 0 || info.tcpi_notsent_bytes > 0;
  return facts;
}

void set_dead_peer_detection(int descriptor, Milliseconds dead_after) {
  set_number(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
  set_number(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
  auto const seconds = std::chrono::ceil<std::chrono::seconds>(dead_after).count();
  auto const interval = std::max(1, static_cast<int>(seconds) / 6);
  set_number(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, std::max(1, static_cast<int>(seconds) / 2));
  set_number(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, interval);
  set_number(descriptor, IPPROTO_TCP, TCP_KEEPCNT, 3);
  set_number(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, static_cast<int>(dead_after.count()));
}

void set_small_segments(int descriptor) {
  constexpr int kAnyHostTakes = 536;  // RFC 9293, 3.7.1
  set_number(descriptor, IPPROTO_TCP, TCP_MAXSEG, kAnyHostTakes);
}

}  // namespace fieldnode::net

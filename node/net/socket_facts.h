#pragma once

#include <cstdint>
#include <optional>

#include "sync/base/time.h"

namespace fieldnode::net {

/// What the kernel knows of a TCP connection. An application's own counters say nothing on a thin link: 100 kB fit
/// into the send buffer at once and a TLS record shows no byte until all 16 kB of it have come.
struct SocketFacts {
  bool is_connected = false;
  std::uint64_t acknowledged = 0;  ///< bytes that the peer has confirmed
  std::uint64_t received = 0;
  std::uint64_t delivered_packets = 0;  ///< to the peer, those behind a gap too
  std::uint64_t received_packets = 0;   ///< that carried data, those behind a gap too
  bool has_unacknowledged = false;

  /// These grow with all that moves. The bytes stand still while a lost packet makes its way again through a queue full
  /// of others, which on a line of 5 kB/s takes longer than any deadline.
  [[nodiscard]] std::uint64_t moved_out() const { return acknowledged + delivered_packets; }
  [[nodiscard]] std::uint64_t moved_in() const { return received + received_packets; }
};

/// Nothing when `descriptor` is not a TCP socket.
[[nodiscard]] std::optional<SocketFacts> socket_facts(int descriptor);

/// Lets the kernel find a flow that was silently forgotten (mobile NAT): keepalive probes on an idle connection, and
/// an end to retransmission after `dead_after` without an acknowledgement.
void set_dead_peer_detection(int descriptor, Milliseconds dead_after);

/// Before it connects: both ways carry packets of at most 576 bytes. On a line of 100 B/s one of 1,500 takes 15 s, and
/// nothing of it is seen to move before all of it has come.
void set_small_segments(int descriptor);

}  // namespace fieldnode::net

#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>

#include "sync/base/time.h"

namespace fieldnode::engine {

/// How one exchange used the link. Units: bytes on the way, the boot clock.
struct LinkUse {
  std::size_t request_bytes{};
  std::size_t reply_bytes{};
  std::size_t first_piece_bytes{};  ///< of the reply, there at `first_piece`
  Milliseconds asked{};
  Milliseconds first_piece{};
  Milliseconds last_piece{};
  bool waited{};  ///< a parked poll: how long its answer took says nothing
};

/// What an exchange may carry over a link that does so much. Units: bytes of packed entries before compression.
struct LinkPlan {
  int compression_level{};
  std::size_t acts_bytes{};   ///< of one request
  std::size_t run_bytes{};    ///< of acts that are admitted together
  std::size_t reply_bytes{};  ///< to be wished for
  std::uint64_t bytes_per_second_down{};
};

/// How fast the link to the centre is, as its exchanges show it, and what follows for the next one. Before anything is
/// known it takes the link for what the first answer's delay suggests. Thread: any.
class LinkMeter {
 public:
  void observe(LinkUse const& use);
  [[nodiscard]] LinkPlan plan() const;

 private:
  mutable std::mutex mutex_;
  double up_{0};  ///< bytes per second; 0: nothing long enough has been sent
  double down_{0};
  Milliseconds delay_{-1};  ///< of the quickest answer to a short request; below 0: none yet
};

}  // namespace fieldnode::engine

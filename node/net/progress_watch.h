#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "sync/base/time.h"

namespace fieldnode::net {

using Instant = std::chrono::steady_clock::time_point;

/// One running deadline: either a plain limit, or a demand that a byte counter keeps growing. The demand is what
/// keeps a thin link alive for as long as it moves and still finds a peer that sends nothing.
/// The caller brings the moment and the counter, so that this stays a pure rule.
class ProgressWatch {
 public:
  /// No deadline.
  void rest() { limit_.reset(); }
  /// Over at `now + limit`, whatever moves.
  void allow(Milliseconds limit, Instant now);
  /// Over when the counter, `counted` now, grows by less than `bytes` within a `window`.
  void demand(std::uint64_t bytes, Milliseconds window, std::uint64_t counted, Instant now);

  /// Looks at the counter; enough growth opens a new window.
  [[nodiscard]] bool is_overdue(std::uint64_t counted, Instant now);

 private:
  struct Limit {
    Instant end{};
    Milliseconds window{};
    std::uint64_t demanded = 0;  ///< 0: plain limit
    std::uint64_t from = 0;
  };
  std::optional<Limit> limit_;
};

}  // namespace fieldnode::net

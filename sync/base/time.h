#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace fieldnode {

using Milliseconds = std::chrono::milliseconds;

/// A moment of civil history in UTC. Units: whole milliseconds since 1970-01-01T00:00:00Z.
using UtcTime = std::chrono::sys_time<Milliseconds>;

[[nodiscard]] constexpr UtcTime utc_from_ms(std::int64_t ms) { return UtcTime(Milliseconds(ms)); }
[[nodiscard]] constexpr std::int64_t ms_of(UtcTime t) { return t.time_since_epoch().count(); }

/// What is known about true time: certainly not before `earliest`, certainly not after `latest` (open: unknown).
struct TimeInterval {
  UtcTime earliest{};
  std::optional<UtcTime> latest{};

  friend bool operator==(TimeInterval const&, TimeInterval const&) = default;
};

/// An interval of no width, where the instant is known exactly.
[[nodiscard]] constexpr TimeInterval exactly(UtcTime t) { return {t, t}; }

}  // namespace fieldnode

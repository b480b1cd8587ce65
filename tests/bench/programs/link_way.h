#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <span>
#include <vector>

namespace fieldnode::bench {

struct WaySettings {
  double bytes_per_second{};  ///< 0: as fast as this machine
  std::chrono::nanoseconds delay{};
  double loss{};                          ///< share of the packets, 0 to 1
  std::chrono::milliseconds queue{1000};  ///< what waits longer for the line is dropped
  std::uint64_t seed{1};
};

/// Bytes are those of IP packets offered to the line, lost ones included: they took its time too.
struct WayCounts {
  std::uint64_t packets{};
  std::uint64_t bytes{};
  std::uint64_t lost{};
  std::uint64_t dropped{};
};

/// One direction of a thin line: packets leave one after another at the line's rate, then take their way. No clock of
/// its own. Thread: one.
class LinkWay {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit LinkWay(WaySettings const& settings);

  void offer(std::span<std::uint8_t const> packet, Time now);
  /// When the next packet comes out; nothing when none is under way.
  [[nodiscard]] std::optional<Time> next() const;
  /// The packet that comes out by now, if any.
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> take(Time now);

  [[nodiscard]] WayCounts const& counts() const { return counts_; }
  void reset_counts() { counts_ = {}; }

 private:
  struct Packet {
    Time leaves;  ///< the line, after its last bit
    std::vector<std::uint8_t> bytes;
  };

  [[nodiscard]] Time line_takes(std::size_t bytes, Time now);

  WaySettings settings_;
  std::size_t queue_max_bytes_;
  std::mt19937_64 chance_;
  std::deque<Packet> under_way_;
  Time line_free_{};
  WayCounts counts_;
};

}  // namespace fieldnode::bench

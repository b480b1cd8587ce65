#include "tests/bench/programs/link_way.h"

#include <algorithm>

namespace fieldnode::bench {
namespace {

constexpr double kQueueLeastBytes = 16 * 1024;  ///< ten full packets, else a fast start of TCP drowns in losses

std::size_t queue_bytes(WaySettings const& settings) {
  auto const wanted = settings.bytes_per_second * std::chrono::duration<double>(settings.queue).count();
  return static_cast<std::size_t>(std::max(wanted, kQueueLeastBytes));
}

}  // namespace

LinkWay::LinkWay(WaySettings const& settings)
    : settings_(settings), queue_max_bytes_(queue_bytes(settings)), chance_(settings.seed) {}

void LinkWay::offer(std::span<std::uint8_t const> packet, Time now) {
  ++counts_.packets;
  counts_.bytes += packet.size();
  if (settings_.bytes_per_second > 0 && line_free_ > now) {
    auto const waiting = std::chrono::duration<double>(line_free_ - now).count() * settings_.bytes_per_second;
    if (waiting + static_cast<double>(packet.size()) > static_cast<double>(queue_max_bytes_)) {
      ++counts_.dropped;
      return;
    }
  }
  auto const leaves = line_takes(packet.size(), now);
  if (std::uniform_real_distribution<double>(0, 1)(chance_) < settings_.loss) {
    ++counts_.lost;
    return;
  }
  under_way_.push_back({leaves, {packet.begin(), packet.end()}});
}

LinkWay::Time LinkWay::line_takes(std::size_t bytes, Time now) {
  line_free_ = std::max(line_free_, now);
  if (settings_.bytes_per_second > 0) {
    std::chrono::duration<double> const time(static_cast<double>(bytes) / settings_.bytes_per_second);
    line_free_ += std::chrono::duration_cast<Time::duration>(time);
  }
  return line_free_;
}

std::optional<LinkWay::Time> LinkWay::next() const {
  if (under_way_.empty()) return std::nullopt;
  return under_way_.front().leaves + settings_.delay;
}

std::optional<std::vector<std::uint8_t>> LinkWay::take(Time now) {
  auto const due = next();
  if (!due || *due > now) return std::nullopt;
  auto bytes = std::move(under_way_.front().bytes);
  under_way_.pop_front();
  return bytes;
}

}  // namespace fieldnode::bench

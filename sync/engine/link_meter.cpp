#include "sync/engine/link_meter.h"

#include <algorithm>

namespace fieldnode::engine {
namespace {

/// Less says more of the delay than of the rate.
constexpr std::size_t kTellsRateBytes = 8 * 1024;
/// So much of the newest measurement counts: a link changes, and one exchange may meet a busy centre.
constexpr double kNewest = 0.5;

constexpr double kThinBytesPerSecond = 200'000;  ///< level 19 packs W in 0.4 s, and saves more than that below
constexpr double kFastBytesPerSecond = 4'000'000;
constexpr Milliseconds kFastDelay{60};  ///< a local line, its TLS handshake included
constexpr Milliseconds kThinDelay{250};

/// Made words pack to about this.
constexpr double kPackedShare = 0.4;
constexpr double kReplySeconds = 30;  ///< a reply counts section by section; this bounds what the centre makes at once
constexpr double kRunSeconds = 0.3;
constexpr std::size_t kRunLeastBytes = 8 * 1024;
constexpr std::size_t kRunMostBytes = 256 * 1024;
constexpr std::size_t kReplyLeastBytes = 32 * 1024;
constexpr std::size_t kReplyMostBytes = 4 * 1024 * 1024;
constexpr std::size_t kActsMostBytes = 4 * 1024 * 1024;

void blend(double& rate, std::size_t bytes, Milliseconds took) {
  if (bytes < kTellsRateBytes) return;
  double const seconds = static_cast<double>(std::max<std::int64_t>(1, took.count())) / 1000;
  double const seen = static_cast<double>(bytes) / seconds;
  rate = rate == 0 ? seen : kNewest * seen + (1 - kNewest) * rate;
}

std::size_t bytes_for(double rate, double seconds, std::size_t least, std::size_t most) {
  auto const bytes = rate * seconds / kPackedShare;
  return bytes >= static_cast<double>(most) ? most : std::max(least, static_cast<std::size_t>(bytes));
}

/// The rate that a link with this delay has, until it has shown its own.
double guessed(Milliseconds delay) {
  if (delay < Milliseconds(0) || delay > kThinDelay) return kThinBytesPerSecond / 10;
  return delay <= kFastDelay ? kFastBytesPerSecond : kThinBytesPerSecond;
}

int level_for(double rate) {
  if (rate < kThinBytesPerSecond) return 19;
  return rate < kFastBytesPerSecond ? 9 : 3;
}

}  // namespace

void LinkMeter::observe(LinkUse const& use) {
  std::lock_guard const lock(mutex_);
  if (!use.waited) {
    auto const answered = use.first_piece - use.asked;
    if (use.request_bytes < kTellsRateBytes) {
      delay_ = delay_ < Milliseconds(0) ? answered : std::min(delay_, answered);
    } else {
      blend(up_, use.request_bytes, answered - std::max(Milliseconds(0), std::min(delay_, answered / 2)));
    }
  }
  blend(down_, use.reply_bytes - use.first_piece_bytes, use.last_piece - use.first_piece);
}

LinkPlan LinkMeter::plan() const {
  std::lock_guard const lock(mutex_);
  double const up = up_ > 0 ? up_ : guessed(delay_);
  double const down = down_ > 0 ? down_ : guessed(delay_);
  return {.compression_level = level_for(up),
          .acts_bytes = kActsMostBytes,
          .run_bytes = bytes_for(up, kRunSeconds, kRunLeastBytes, kRunMostBytes),
          .reply_bytes = bytes_for(down, kReplySeconds, kReplyLeastBytes, kReplyMostBytes),
          .bytes_per_second_down = static_cast<std::uint64_t>(down)};
}

}  // namespace fieldnode::engine

#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "sync/engine/exchange_client.h"

namespace fieldnode::office {

/// What a round of exchanges brought.
struct RoundReport {
  std::uint64_t exchanges{};
  std::uint64_t acts_sent{};
  std::uint64_t entries_received{};
};

/// The rounds that somebody waits for: one is done when an exchange that began after it was asked for left no act
/// undelivered, and the feed is held as far as the centre had it then.
class SyncRounds {
 public:
  /// Gives the round's number; several that wait at once share what is done.
  [[nodiscard]] std::uint64_t ask();
  [[nodiscard]] std::uint64_t asked() const { return asked_; }
  [[nodiscard]] bool is_waited_for() const { return asked_ > done_; }
  /// An exchange of acts is to be made for it.
  [[nodiscard]] bool wants_acts() const { return asked_ > std::max(served_, done_); }

  void count(engine::ExchangeOutcome const& outcome);
  /// Every act is delivered, by an exchange that began when `number` was the newest.
  void serve(std::uint64_t number, Position feed_head);
  /// The feed is held so far. True when that ends a round.
  bool reach(Position feed_held);
  /// An exchange that began when `number` was the newest failed. True when that ends a round.
  bool fail(std::uint64_t number, Refusal const& why);

  [[nodiscard]] bool is_done(std::uint64_t number) const { return done_ >= number; }
  [[nodiscard]] Result<RoundReport> result() const;

 private:
  std::uint64_t asked_{0};
  std::uint64_t served_{0};
  std::uint64_t done_{0};
  Position goal_;  ///< of the round served
  RoundReport report_;
  std::optional<Refusal> failure_;
};

}  // namespace fieldnode::office

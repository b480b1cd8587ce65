#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "sync/base/ids.h"

namespace fieldnode::rules {

/// The epochs of one unit's journal (or feed) in the order in which the centre registered them. An epoch runs as far
/// as the centre held it when the next was registered; what stands beyond is *aside*. Source: PROTOCOL, "Epochs".
class EpochOrder {
 public:
  struct Run {
    Epoch epoch{};
    std::uint64_t end{std::numeric_limits<std::uint64_t>::max()};  ///< last seq of the run
    friend bool operator==(Run const&, Run const&) = default;
  };

  EpochOrder() = default;
  explicit EpochOrder(std::vector<Run> runs) : runs_(std::move(runs)) {}
  /// The common case: one epoch, still growing.
  explicit EpochOrder(Epoch only) : runs_{Run{only}} {}

  [[nodiscard]] std::optional<std::size_t> rank(Epoch epoch) const;
  /// False for an epoch that was never registered and for what stands beyond the end of its run.
  [[nodiscard]] bool holds(Position at) const;
  /// True if a list read up to and including `upto` contains `at`. Positions that the order does not hold are covered
  /// by nothing and cover nothing.
  [[nodiscard]] bool covers(Position upto, Position at) const;
  /// Strict order of two held positions.
  [[nodiscard]] bool before(Position left, Position right) const;

  friend bool operator==(EpochOrder const&, EpochOrder const&) = default;

 private:
  std::vector<Run> runs_;
};

}  // namespace fieldnode::rules

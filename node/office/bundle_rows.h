#pragma once

#include <cstdint>
#include <optional>

#include "node/db/connection.h"
#include "sync/base/ids.h"
#include "sync/base/time.h"

namespace fieldnode::office {

/// A bundle that this node has made.
struct BundleOut {
  std::uint64_t number{};
  UtcTime created_at{};
  std::uint64_t after{};  ///< it carries the acts behind this one
  std::uint64_t upto{};
  std::optional<std::uint64_t> bytes;  ///< of the finished file
  std::optional<UtcTime> answered_at;
};

/// A bundle of the centre that was taken in.
struct BundleIn {
  std::uint64_t number{};
  std::uint64_t answers{};
  UtcTime created_on{};
  UtcTime taken_at{};
  std::uint64_t times{};
};

/// What there is to tell of bundles.
struct BundleNews {
  std::optional<BundleOut> out;     ///< the last one that was finished
  std::optional<BundleIn> in;       ///< the greatest number
  std::uint64_t acts_on_the_way{};  ///< exported, and no receipt covers them yet
};

/// Tables `bundle_out` and `bundle_in`, in the caller's transaction.
class BundleRows {
 public:
  BundleRows(db::Connection& connection, Epoch journal_epoch)
      : connection_(connection), journal_epoch_(journal_epoch) {}

  /// Gives it its number.
  [[nodiscard]] std::uint64_t add(BundleOut const& bundle);
  void finish(std::uint64_t number, std::uint64_t bytes);
  /// `in.answers` is answered by it. Gives how often it was taken in by now.
  std::uint64_t take(BundleIn const& in);
  /// `covered`: acts up to this one are covered by a receipt.
  [[nodiscard]] BundleNews news(std::uint64_t covered);

 private:
  db::Connection& connection_;
  Epoch journal_epoch_;
};

}  // namespace fieldnode::office

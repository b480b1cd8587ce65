#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "node/db/connection.h"
#include "sync/engine/trusted_time.h"
#include "sync/wire/exchange.h"

namespace fieldnode::office {

/// The receipts whose times acts rest on, in the caller's transaction. They prove that an act was made after them.
class Anchors {
 public:
  explicit Anchors(db::Connection& connection) : connection_(connection) {}

  /// Keeps a verified receipt that carries a time, and forgets those that no act names and none can name any more.
  /// `time`: what the clock rests on; null: unknown.
  void keep(wire::Receipt const& receipt, engine::TimeState const* time);
  /// An act names it now.
  void name(std::uint64_t anchor);
  [[nodiscard]] std::optional<UtcTime> sent_at(std::uint64_t anchor);
  /// The receipt as it came; nothing if it is not held.
  [[nodiscard]] std::optional<wire::Receipt> receipt(std::uint64_t anchor);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::office

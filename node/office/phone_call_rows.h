#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "node/db/connection.h"
#include "sync/base/ids.h"
#include "sync/engine/clock_watch.h"

namespace fieldnode::office {

/// A call in which this node gives its journal's end a moment.
struct PhoneCall {
  std::uint64_t challenge{};
  Position upto{};
  std::uint64_t code{};
  engine::ClockReading shown;       ///< the clocks when the code was shown
  UtcTime shown_at{};               ///< by the node's estimate
  std::uint32_t wrong{};            ///< answers
  std::optional<UtcTime> minute{};  ///< of the right answer, by the centre's clock
};

/// Table `phone_call`, in the caller's transaction.
class PhoneCallRows {
 public:
  explicit PhoneCallRows(db::Connection& connection) : connection_(connection) {}

  /// The present call, answered or not.
  [[nodiscard]] std::optional<PhoneCall> last();
  [[nodiscard]] std::optional<PhoneCall> find(std::uint64_t challenge);
  /// The newest first.
  [[nodiscard]] std::vector<PhoneCall> all();
  void add(PhoneCall const& call);
  /// Writes what became of it.
  void update(PhoneCall const& call);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::office

#pragma once

#include <mutex>

#include "node/office/stamp.h"

namespace fieldnode::office {

/// True time is certainly not before this program was built: it carries a notice that was published then.
[[nodiscard]] UtcTime build_date();

/// The node's trusted time for several threads. The exchange learns on a copy, because it holds its time over a whole
/// round trip, and hands back what it learnt. Thread: any.
class NodeTime {
 public:
  NodeTime(Clock const& clock, engine::TimeBounds bounds, engine::TimeState kept);

  [[nodiscard]] Stamp stamp();
  [[nodiscard]] rules::TimeEvidence now() { return stamp().evidence; }
  [[nodiscard]] engine::TrustedTime copy() const;
  /// Takes the anchor over; the floor stays the greater of both.
  void take_over(engine::TimeState learnt);

 private:
  Clock const& clock_;
  engine::TimeBounds const bounds_;
  mutable std::mutex mutex_;
  engine::TrustedTime time_;  // guarded by mutex_
};

}  // namespace fieldnode::office

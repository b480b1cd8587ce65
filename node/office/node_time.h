#pragma once

#include <mutex>

#include "node/office/stamp.h"
#include "sync/engine/journal.h"

namespace fieldnode::office {

/// True time is certainly not before this program was built: it carries a notice that was published then.
[[nodiscard]] UtcTime build_date();

/// The node's trusted time for several threads. Thread: any.
class NodeTime {
 public:
  NodeTime(Clock const& clock, engine::TimeBounds bounds, engine::TimeState kept);

  [[nodiscard]] Stamp stamp();
  [[nodiscard]] rules::TimeEvidence now() { return stamp().evidence; }
  /// What a verified reply teaches: its receipt is an anchor, and what the centre has repealed in it is one no more.
  void learn(engine::SettledExchange const& settled);
  /// The drift bound of the policy in force.
  void use_drift(std::uint32_t drift_ppm);
  /// A moment that the centre's operator told by telephone.
  void learn(engine::ToldMoment const& told);
  /// What the machine's clocks have done up to now since this was last asked: they are looked at for it. What could not
  /// be journaled is handed back.
  [[nodiscard]] std::vector<engine::ClockFinding> take_findings();
  void hand_back(std::vector<engine::ClockFinding> findings);
  /// Held while findings are on their way into the journal: an act that is made meanwhile comes after them.
  [[nodiscard]] std::unique_lock<std::mutex> journaling() { return std::unique_lock(journaling_); }

 private:
  std::mutex journaling_;  // taken before mutex_
  std::mutex mutex_;
  engine::TrustedTime time_;                    // guarded by mutex_
  std::vector<engine::ClockFinding> findings_;  // guarded by mutex_; handed back, before those of `time_`
};

/// The centre has taken back a time that it signed, so the floor may fall.
[[nodiscard]] bool corrects_time(engine::SettledExchange const& settled);

}  // namespace fieldnode::office

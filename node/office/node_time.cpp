#include "node/office/node_time.h"

#include <algorithm>

#include "sync/rules/calendar_file.h"

namespace fieldnode::office {

UtcTime build_date() {
  UtcTime newest{};
  for (auto const& notice : rules::built_in_notices()) {
    newest = std::max(newest, rules::moment_on(notice.version, Milliseconds(0)));
  }
  return newest;
}

NodeTime::NodeTime(Clock const& clock, engine::TimeBounds bounds, engine::TimeState kept)
    : clock_(clock), bounds_(bounds), time_(clock, bounds, std::move(kept)) {}

Stamp NodeTime::stamp() {
  std::lock_guard const lock(mutex_);
  auto const evidence = time_.now();
  return {evidence, time_.state()};
}

engine::TrustedTime NodeTime::copy() const {
  std::lock_guard const lock(mutex_);
  return time_;
}

void NodeTime::take_over(engine::TimeState learnt) {
  std::lock_guard const lock(mutex_);
  if (auto const& mine = time_.state(); mine.floor > learnt.floor) {
    learnt.floor = mine.floor;
    learnt.floor_at = mine.floor_at;
  }
  time_ = engine::TrustedTime(clock_, bounds_, std::move(learnt));
}

}  // namespace fieldnode::office

#include "node/office/rule_follower.h"

namespace fieldnode::office {
namespace {

/// So many rows take some tens of milliseconds, for which an act waits at most.
constexpr std::size_t kRowsAtOnce = 200;

}  // namespace

Result<void> follow_rules(OfficeStore& store, NodeTime& time) {
  auto const drift_ppm = store.rules()->current()->policy.drift_ppm;
  time.use_drift(drift_ppm);
  while (!store.follows_rules()) {
    auto const done = store.follow_rules(time.stamp(), kRowsAtOnce);
    if (!done) return done.error();
  }
  return {};
}

}  // namespace fieldnode::office

#include "node/office/rule_follower.h"

namespace fieldnode::office {
namespace {

/// So many rows take some tens of milliseconds on a slow machine, for which an act waits at most.
constexpr std::size_t kRowsAtOnce = 50;
/// So many steps take about a second there.
constexpr int kStepsMost = 20;

}  // namespace

Result<bool> follow_rules(OfficeStore& store, NodeTime& time) {
  time.use_drift(store.rules()->current()->policy.drift_ppm);
  for (int steps = 0; steps < kStepsMost; ++steps) {
    if (store.follows_rules()) return true;
    auto const done = store.follow_rules(time.stamp(), kRowsAtOnce);
    if (!done) return done.error();
  }
  return store.follows_rules();
}

}  // namespace fieldnode::office

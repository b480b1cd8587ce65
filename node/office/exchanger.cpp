#include "node/office/exchanger.h"

namespace fieldnode::office {

Exchanger::Exchanger(World world)
    : world_(world),
      time_(world.time.copy()),
      client_(world.identity, world.suite, world.store, world.random, world.clock, time_) {}

Result<engine::ExchangeOutcome> Exchanger::once(engine::Transport& transport, engine::ExchangeOptions options) {
  time_ = world_.time.copy();
  options.status.version = static_cast<std::uint64_t>(ms_of(world_.time.now().interval.earliest));
  options.status.program = FIELDNODE_VERSION;
  options.status.undelivered = world_.store.undelivered();
  auto outcome = client_.exchange_once(transport, options);
  world_.time.take_over(time_.state());
  auto const stamp = world_.time.stamp();
  if (auto const kept = world_.store.keep_time(stamp.state); !kept) return kept.error();
  if (!outcome && outcome.error().code != "cancelled") {
    auto const noted = world_.store.note_link_failure({outcome.error(), stamp.evidence.estimate});
    if (!noted) return noted.error();
  }
  return outcome;
}

}  // namespace fieldnode::office

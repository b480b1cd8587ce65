#include "node/central/outage_beat.h"

#include "sync/rules/outages.h"

namespace fieldnode::central {

OutageBeat::OutageBeat(CentralStore& store, Clock const& clock, Milliseconds every)
    : store_(store), clock_(clock), every_(every), slept_before_(slept()) {
  // In safe mode it is refused: a centre that cannot write does not serve.
  (void)store_.note_serving(clock_.wall(), false);
  thread_ = std::thread([this] { run(); });
}

OutageBeat::~OutageBeat() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
  beat();
}

void OutageBeat::beat() {
  auto const slept_now = slept();
  (void)store_.note_serving(clock_.wall(), slept_now - slept_before_ < rules::kOutageLeast);
  slept_before_ = slept_now;
}

void OutageBeat::run() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, every_, [&] { return stopping_; })) {
    lock.unlock();
    beat();
    lock.lock();
  }
}

}  // namespace fieldnode::central

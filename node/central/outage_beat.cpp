#include "node/central/outage_beat.h"

#include "sync/rules/outages.h"

namespace fieldnode::central {

OutageBeat::OutageBeat(CentralStore& store, Clock const& clock, SureTime now, Milliseconds every)
    : store_(store), clock_(clock), now_(std::move(now)), every_(every), slept_before_(slept()) {
  beat();
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
  auto const now = now_();
  if (!now) return;
  auto const slept_now = slept();
  bool const unbroken = begun_ && slept_now - slept_before_ < rules::kOutageLeast;
  // In safe mode it is refused: a centre that cannot write does not serve.
  begun_ = store_.note_serving(*now, unbroken).has_value() || begun_;
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

#include "node/central/phone_checker.h"

#include <utility>

namespace fieldnode::central {

PhoneChecker::PhoneChecker(PhoneDesk& desk, Clock const& clock, net::FaultReport report)
    : desk_(desk), clock_(clock), report_(std::move(report)), thread_([this] { run(); }) {}

PhoneChecker::~PhoneChecker() {
  {
    std::lock_guard const lock(mutex_);
    ends_ = true;
  }
  called_.notify_one();
  thread_.join();
}

void PhoneChecker::wake() {
  {
    std::lock_guard const lock(mutex_);
    has_work_ = true;
  }
  called_.notify_one();
}

void PhoneChecker::run() {
  while (wait()) compare();
}

bool PhoneChecker::wait() {
  std::unique_lock lock(mutex_);
  called_.wait(lock, [this] { return has_work_ || ends_; });
  has_work_ = false;
  return !ends_;
}

/// A fence: what goes wrong is told, and tried again when the next journal comes.
void PhoneChecker::compare() {
  try {
    auto const done = desk_.compare_due(clock_.wall());
    if (!done && report_) report_("a phone receipt could not be compared: " + done.error().sentence);
  } catch (std::exception const& broken) {
    if (report_) report_(std::string("a phone receipt could not be compared: ") + broken.what());
  }
}

}  // namespace fieldnode::central

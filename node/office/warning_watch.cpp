#include "node/office/warning_watch.h"

#include <algorithm>

#include "sync/base/check.h"

namespace fieldnode::office {
namespace {

/// Looked at least so often: what is known of the present may take a leap, with an anchor or a clock set anew.
constexpr Milliseconds kLongest{60'000};
/// Two looks are never closer, however fast clerks work.
constexpr Milliseconds kShortest{200};

}  // namespace

WarningWatch::WarningWatch(WarningDesk& desk, std::function<void()> on_change)
    : desk_(desk), on_change_(std::move(on_change)) {}

void WarningWatch::start() {
  check(!thread_.joinable(), "a watch is started once");
  thread_ = std::thread([this] { run(); });
}

void WarningWatch::stop() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void WarningWatch::look_again() {
  {
    std::lock_guard const lock(mutex_);
    poked_ = true;
  }
  changed_.notify_all();
}

Milliseconds WarningWatch::look() {
  auto const told = desk_.tell();
  auto const outlook = desk_.outlook();
  bool const passed = has_passed(outlook);
  if ((told && *told) || passed) on_change_();
  expected_ = outlook.next;
  if (!outlook.next) return kLongest;
  return std::clamp<Milliseconds>(*outlook.next - outlook.at, kShortest, kLongest);
}

/// A limit that passes is no telling, but it stands otherwise from then on.
bool WarningWatch::has_passed(WarningDesk::Outlook const& outlook) { return expected_ && *expected_ <= outlook.at; }

void WarningWatch::run() {
  auto rest = kShortest;
  while (waited(rest)) {
    try {
      rest = look();
    } catch (std::exception const&) {
      rest = kLongest;  // a broken world: whoever acts or exchanges meets it too and reports it
    }
  }
}

/// At least the shortest time; longer unless somebody pokes. False when the watch is to end.
bool WarningWatch::waited(Milliseconds most) {
  std::unique_lock lock(mutex_);
  auto const ends = [&] { return stopping_; };
  if (changed_.wait_for(lock, kShortest, ends)) return false;
  changed_.wait_for(lock, most - kShortest, [&] { return stopping_ || poked_; });
  poked_ = false;
  return !stopping_;
}

}  // namespace fieldnode::office

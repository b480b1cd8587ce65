#include "node/central/clock_guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace fieldnode::central {
namespace {

/// Less is a time service at work.
constexpr Milliseconds kAheadMost = std::chrono::seconds(2);

Refusal unsynchronised() {
  return refuse(
      "clock_unsynchronised",
      "The centre's clock is not kept by a time service, so no time is signed; everything else goes on. Start "
      "chrony or systemd-timesyncd, or, where people watch the clock, serve with --clock watched.");
}

Refusal jumped(Milliseconds by, bool is_watched) {
  auto const what =
      fmt::format("The centre's clock jumped by {:.1f} s, so no time is signed; everything else goes on. ",
                  static_cast<double>(by.count()) / 1000.0);
  return refuse(
      "clock_jumped",
      what + (is_watched ? "Compare it with a sure clock, set it right, then run `fieldnode-central clock confirm`."
                         : "Times are signed again two minutes after the time service vouches for it, or when "
                           "somebody has compared it and runs `fieldnode-central clock confirm`."));
}

Refusal behind(Milliseconds by) {
  return refuse(
      "clock_behind",
      fmt::format("This unit was given a time {:.1f} s later than the centre's clock shows, so it is given none "
                  "now. Set the clock right if it is slow; if it was fast then, take those times back (Units, "
                  "Wrong times).",
                  static_cast<double>(by.count()) / 1000.0));
}

std::optional<Milliseconds> step_in(engine::ClockChange const& change) {
  auto const step = std::ranges::find(change.findings, rules::AnomalyKind::kWallStep, &engine::ClockFinding::what);
  return step == change.findings.end() ? std::nullopt : std::optional(step->by);
}

}  // namespace

ClockGuard::ClockGuard(Clock const& clock, ClockHealth const* service)
    : clock_(clock), service_(service), read_(engine::read_clocks(clock)) {}

Result<UtcTime> ClockGuard::signable() {
  std::lock_guard const lock(mutex_);
  look();
  if (!is_watched() && !vouched_) return unsynchronised();
  if (jump_) return jumped(*jump_, is_watched());
  return sure_ = read_.wall;
}

Result<UtcTime> ClockGuard::signable_after(std::optional<UtcTime> last_given) {
  auto const time = signable();
  if (time && last_given && *last_given - *time >= kAheadMost) return behind(*last_given - *time);
  return time;
}

std::optional<UtcTime> ClockGuard::doubted_since() {
  if (signable()) return std::nullopt;
  std::lock_guard const lock(mutex_);
  return sure_;
}

std::optional<Refusal> ClockGuard::doubt() {
  auto const time = signable();
  return time ? std::nullopt : std::optional(time.error());
}

void ClockGuard::confirm() {
  std::lock_guard const lock(mutex_);
  look();
  jump_.reset();
}

void ClockGuard::look() {
  auto const now = engine::read_clocks(clock_);
  auto const step = step_in(engine::compare(read_, now));
  if (step) jump_ = step;
  bool const is_vouched = service_ != nullptr && service_->is_synchronised();
  if (!is_vouched) vouched_.reset();
  if (is_vouched && (step || !vouched_)) vouched_ = now.since_boot;
  if (vouched_ && now.since_boot - *vouched_ >= kVouchedAfterJump) jump_.reset();
  read_ = now;
}

}  // namespace fieldnode::central

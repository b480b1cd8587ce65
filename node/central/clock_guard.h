#pragma once

#include <mutex>
#include <optional>

#include "sync/base/clock_health.h"
#include "sync/base/result.h"
#include "sync/engine/clock_watch.h"

namespace fieldnode::central {

/// Stands before every time that the centre signs or tells: an office that was given a wrong one cannot forget it by
/// itself. Thread: any. Source: design 5.
class ClockGuard {
 public:
  /// `service`: vouches for the clock; null where people watch it, as the city has declared.
  ClockGuard(Clock const& clock, ClockHealth const* service);

  /// The time, if it may be signed now. Errors: `clock_unsynchronised`; `clock_jumped` after the wall clock went
  /// another way than the boot clock by two seconds or more, until the time service has vouched for it for
  /// kVouchedAfterJump, or a person has.
  [[nodiscard]] Result<UtcTime> signable();
  /// The same for one unit. Errors: also `clock_behind`, when the unit was given a later time before: the clock is slow
  /// now or was fast then, and until somebody knows which, repeating either would be a lie.
  [[nodiscard]] Result<UtcTime> signable_after(std::optional<UtcTime> last_given);
  /// While none may be signed: the last moment when one might have been, by this program; the epoch for none. What is
  /// written now certainly came after it, and nothing else is known of its time.
  [[nodiscard]] std::optional<UtcTime> doubted_since();
  /// Why none may be signed.
  [[nodiscard]] std::optional<Refusal> doubt();
  /// A person has compared the clock with a sure one: an earlier jump counts no more.
  void confirm();
  [[nodiscard]] bool is_watched() const { return service_ == nullptr; }

 private:
  /// guarded by mutex_
  void look();

  Clock const& clock_;
  ClockHealth const* service_;
  std::mutex mutex_;
  engine::ClockReading read_;            // guarded by mutex_
  UtcTime sure_{};                       // guarded by mutex_; the last time that was signable
  std::optional<Milliseconds> jump_;     // guarded by mutex_; by how much
  std::optional<Milliseconds> vouched_;  // guarded by mutex_; boot time since when the service vouches without a jump
};

/// Long enough for a time service to notice that somebody moved the clock under it.
inline constexpr Milliseconds kVouchedAfterJump = std::chrono::minutes(2);

}  // namespace fieldnode::central

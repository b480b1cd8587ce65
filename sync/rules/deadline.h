#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sync/rules/calendar.h"
#include "sync/rules/limit.h"

/// By when something is due. A clock is never a stored countdown: it is counted anew from its terms, its pauses and a
/// calendar, so both ends and a stranger come to the same instant.
/// Source: requirements D, E; design 6 and 11.
namespace fieldnode::rules {

/// When the last day of a limit in days ends.
enum class DayEnd : std::uint8_t {
  kClose = 1,    ///< at close of business, 17:00
  kMidnight = 2  ///< at 00:00:00 of the next day
};

/// The centre paused the clocks. Half-open; without `to` the pause is still open. A pause that ends no later than it
/// begins counts for nothing.
struct PauseSpan {
  UtcTime from{};
  std::optional<UtcTime> to{};

  friend bool operator==(PauseSpan const&, PauseSpan const&) = default;
};

/// One limit with what belongs to it alone. A clock has one or more; the earliest instant prevails (E5).
struct Term {
  Limit limit{};
  UtcTime start{};
  bool statute{};                           ///< of law: never paused, never extended (E5)
  std::vector<std::uint32_t> extensions{};  ///< granted, in order. Units: working days, so `limit` counts those
};

/// What holds for all terms of a clock.
struct Conditions {
  std::vector<PauseSpan> pauses{};  ///< in any order, may overlap
  DayEnd day_end{DayEnd::kClose};
};

/// `at` is a whole second: a fraction of the start is cut off, which changes no verdict because D9 cuts it off the act.
struct Due {
  UtcTime at{};
  CivilDay last_day{};  ///< the day that `at` ends, also where it is written 00:00:00 of the next
  bool provisional{};   ///< rests on days that a coming notice may change

  friend bool operator==(Due const&, Due const&) = default;
};

/// The due instant of one term; nothing while an open pause holds it.
///   h, wh  the first moment when so many unpaused (office) hours have run
///   wd     close of the N-th working day after the day of `start` whose close of business lies in no pause;
///          extensions are counted on from there in the same way
///   cd     the day of `start` is not counted; never paused; a last day of rest moves on to the next working day
/// What happens after due counts for nothing.
/// Errors: `outside_calendar` if start or due is not covered; `bad_limit` for a count of 0;
/// `extension_not_days` for extensions of a statute or of a limit that does not count working days.
[[nodiscard]] Result<std::optional<Due>> due_of(Term const& term, Conditions const& conditions,
                                                Calendar const& calendar);

/// The earliest of several dues and the term that sets it; of equal ones the first.
struct EffectiveDue {
  std::size_t term{};
  Due due{};

  friend bool operator==(EffectiveDue const&, EffectiveDue const&) = default;
};

/// A term held by an open pause is passed over until it resumes; nothing while an open pause holds every term.
/// Errors: those of `due_of`, of the first term that has one. Shape: at least one term.
[[nodiscard]] Result<std::optional<EffectiveDue>> effective_due(std::span<Term const> terms,
                                                                Conditions const& conditions, Calendar const& calendar);

/// Both readings of the acknowledgement's hours; pages show both (D1). Either is empty while paused.
struct AcknowledgementDues {
  std::optional<Due> elapsed;
  std::optional<Due> working;
};
/// Errors: those of `due_of`.
[[nodiscard]] Result<AcknowledgementDues> acknowledgement_dues(UtcTime start, std::uint32_t hours,
                                                               Conditions const& conditions, Calendar const& calendar);

/// D9: done in the due second is in time.
[[nodiscard]] constexpr bool is_in_time(UtcTime done, UtcTime due) {
  return std::chrono::floor<std::chrono::seconds>(done) <= due;
}

/// The pauses united: sorted, disjoint, none empty, only the last one may be open.
[[nodiscard]] std::vector<PauseSpan> united(std::vector<PauseSpan> pauses);

}  // namespace fieldnode::rules

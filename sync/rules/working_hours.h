#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "sync/rules/calendar.h"

/// Office hours of every working day: 9-12 and 13-17, half-open. Source: design 11.
namespace fieldnode::rules {

inline constexpr std::chrono::hours kMorningBegins{9};
inline constexpr std::chrono::hours kMorningEnds{12};
inline constexpr std::chrono::hours kAfternoonBegins{13};
inline constexpr std::chrono::hours kCloseOfBusiness{17};
inline constexpr Milliseconds kWorkOfDay = (kMorningEnds - kMorningBegins) + (kCloseOfBusiness - kAfternoonBegins);

/// Office hours from the calendar's first day until `t`. A moment outside the calendar counts as its nearest end.
[[nodiscard]] Milliseconds work_until(Calendar const& calendar, UtcTime t);

/// The first moment by which so much office time has run; nothing beyond the calendar.
/// Shape: `work` > 0, so 7 hours end at 17:00, not at 9:00 of the next day.
[[nodiscard]] std::optional<UtcTime> moment_of_work(Calendar const& calendar, Milliseconds work);

/// The first moment, from `t` on, that lies in office hours: `t` itself where it does; nothing beyond the calendar.
[[nodiscard]] std::optional<UtcTime> office_moment_from(Calendar const& calendar, UtcTime t);

/// The moment at which `work` of office time is still to run until `end`; where that is the end of a morning or of a
/// day, the beginning of the next stretch. Shape: `work` > 0. Nothing where the calendar does not reach back so far.
[[nodiscard]] std::optional<UtcTime> office_moment_before(Calendar const& calendar, UtcTime end, Milliseconds work);

/// How many closes of business (17:00 of a working day) lie before `t`; the moment itself is not before itself.
/// A moment outside the calendar counts as its nearest end.
[[nodiscard]] std::int64_t closes_before(Calendar const& calendar, UtcTime t);

}  // namespace fieldnode::rules

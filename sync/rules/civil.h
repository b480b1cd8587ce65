#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "sync/base/result.h"
#include "sync/base/time.h"

/// Civil days and moments in fixed +08:00. No zone database: it would put Asia/Shanghai at +09:00 in the summers of
/// 1986-1991, and the measures know one offset only.
namespace fieldnode::rules {

/// A day of the civil calendar in +08:00.
using CivilDay = std::chrono::local_days;

inline constexpr std::chrono::hours kCivilOffset{8};

[[nodiscard]] constexpr CivilDay day_of(UtcTime t) {
  return CivilDay(std::chrono::floor<std::chrono::days>(t.time_since_epoch() + kCivilOffset));
}

/// The moment `since_midnight` into `day`.
[[nodiscard]] constexpr UtcTime moment_on(CivilDay day, Milliseconds since_midnight) {
  return UtcTime(Milliseconds(day.time_since_epoch()) - kCivilOffset + since_midnight);
}

[[nodiscard]] constexpr Milliseconds time_of_day(UtcTime t) { return t - moment_on(day_of(t), Milliseconds(0)); }

[[nodiscard]] constexpr CivilDay civil_day(int year, unsigned month, unsigned day) {
  return CivilDay(std::chrono::local_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)));
}

[[nodiscard]] constexpr int year_of(CivilDay day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }

[[nodiscard]] constexpr bool is_weekend(CivilDay day) {
  std::chrono::weekday const weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

/// Reads `2026-10-10`.
/// Errors: `bad_date` for any other shape and for a day that no calendar has.
[[nodiscard]] Result<CivilDay> parse_day(std::string_view text);

/// Reads `2026-10-10T17:00`, with or without seconds and their fraction (cut to milliseconds), followed by nothing
/// (+08:00), `Z` or an offset such as `-05:00`.
/// Errors: `bad_moment` for a bare date, another shape, an impossible day, time (24:00, second 60) or offset.
[[nodiscard]] Result<UtcTime> parse_moment(std::string_view text);

/// `2026-10-10`
[[nodiscard]] std::string format_day(CivilDay day);

/// `2026-10-10T17:00:00+08:00`; a fraction of a second is cut off, as requirement D9 does before it compares.
[[nodiscard]] std::string format_moment(UtcTime t);

}  // namespace fieldnode::rules

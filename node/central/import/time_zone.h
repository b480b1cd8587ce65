#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sync/base/result.h"
#include "sync/base/time.h"

namespace fieldnode::central {

/// A reading of a wall clock somewhere, without saying where. Units: milliseconds.
using LocalTime = std::chrono::local_time<Milliseconds>;

/// What a wall clock's reading means in UTC.
struct ZonedTime {
  enum class Reading : std::uint8_t {
    kUnique,     ///< the clock showed it once
    kAmbiguous,  ///< it showed it twice (clocks went back): `utc` is the first time, `second` the other
    kSkipped,  ///< it never showed it (clocks went forward): `utc` is as far behind the jump as the reading was into it
  };
  UtcTime utc{};
  Reading reading{Reading::kUnique};
  std::optional<UtcTime> second{};
};

/// One yearly change of a POSIX TZ string: a day of the year and a wall-clock time on it.
struct ZoneRule {
  enum class Form : std::uint8_t {
    kWeekday,         ///< Mm.w.d: weekday d of week w (5: the last) of month m
    kDayWithoutLeap,  ///< Jn: n = 1..365, 29 February is never counted
    kDayOfYear,       ///< n = 0..365, 29 February counts
  };
  Form form{};
  unsigned month{};
  unsigned week{};
  unsigned weekday{};
  int day{};
  std::chrono::seconds time{std::chrono::hours(2)};

  /// The wall-clock moment of the change in `year`.
  [[nodiscard]] std::chrono::local_seconds moment_in(std::chrono::year year) const;
};

/// The offset of a place from UTC and its yearly changes, from a POSIX TZ string such as `EST5EDT,M3.2.0,M11.1.0`,
/// `CST-8` or `<+08>-8`. The same rule holds for every year: a zone whose law changed needs one mapping per span.
class TimeZone {
 public:
  /// Source: POSIX.1-2017 Base Definitions 8.3 (TZ); hours of a rule's time -167..167 as in RFC 8536 3.3.
  /// Errors: bad_time_zone says at which character and why. A daylight-saving name without its two rules is refused:
  /// POSIX leaves its meaning open.
  [[nodiscard]] static Result<TimeZone> parse(std::string_view posix_tz);

  [[nodiscard]] ZonedTime to_utc(LocalTime local) const;

  /// The offset in force, added to UTC to get the wall clock (unlike in the TZ string: positive is east).
  [[nodiscard]] std::chrono::seconds offset_at(UtcTime utc) const;

  /// For a person to check: `UTC+08:00` or `UTC-05:00, in summer UTC-04:00`. POSIX's sign is easily mistaken.
  [[nodiscard]] std::string described() const;

 private:
  struct Saving {
    std::chrono::seconds offset{};
    ZoneRule begins;
    ZoneRule ends;
  };
  friend class ZoneParser;

  std::chrono::seconds offset_{};
  std::optional<Saving> saving_;
};

}  // namespace fieldnode::central

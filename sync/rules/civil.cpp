#include "sync/rules/civil.h"

#include <fmt/format.h>

#include <optional>

#include "sync/rules/in_quotes.h"

namespace fieldnode::rules {
namespace {

/// Reads fixed-width pieces from the front of a text; every piece is taken whole or not at all.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<int> number(std::size_t digits) {
    if (rest_.size() < digits) return std::nullopt;
    int value = 0;
    for (char const c : rest_.substr(0, digits)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(digits);
    return value;
  }

  std::optional<int> digit() { return number(1); }

 private:
  std::string_view rest_;
};

std::optional<CivilDay> scan_day(Scanner& scan) {
  auto const year = scan.number(4);
  if (!year || !scan.take('-')) return std::nullopt;
  auto const month = scan.number(2);
  if (!month || !scan.take('-')) return std::nullopt;
  auto const day = scan.number(2);
  if (!day) return std::nullopt;
  std::chrono::year_month_day const date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return CivilDay(date);
}

/// Units: the result is what the fraction adds, in milliseconds; nothing when it is not 1 to 9 digits.
std::optional<Milliseconds> scan_fraction(Scanner& scan) {
  int milliseconds = 0;
  int count = 0;
  while (auto const digit = scan.digit()) {
    if (++count > 9) return std::nullopt;
    if (count <= 3) milliseconds = milliseconds * 10 + *digit;
  }
  if (count == 0) return std::nullopt;
  for (int i = count; i < 3; ++i) milliseconds *= 10;
  return Milliseconds(milliseconds);
}

/// Hours and minutes below their bounds, as of a time of day or an offset.
std::optional<Milliseconds> scan_hours_minutes(Scanner& scan) {
  auto const hours = scan.number(2);
  if (!hours || *hours > 23 || !scan.take(':')) return std::nullopt;
  auto const minutes = scan.number(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
}

std::optional<Milliseconds> scan_time(Scanner& scan) {
  auto const time = scan_hours_minutes(scan);
  if (!time || !scan.take(':')) return time;
  auto const seconds = scan.number(2);
  if (!seconds || *seconds > 59) return std::nullopt;
  Milliseconds const whole = *time + std::chrono::seconds(*seconds);
  if (!scan.take('.')) return whole;
  auto const fraction = scan_fraction(scan);
  if (!fraction) return std::nullopt;
  return whole + *fraction;
}

/// Units: what local time is ahead of UTC.
std::optional<Milliseconds> scan_offset(Scanner& scan) {
  if (scan.done()) return kCivilOffset;
  if (scan.take('Z')) return Milliseconds(0);
  bool const behind = scan.take('-');
  if (!behind && !scan.take('+')) return std::nullopt;
  auto const offset = scan_hours_minutes(scan);
  if (!offset) return std::nullopt;
  return behind ? -*offset : *offset;
}

Refusal bad_moment(std::string_view text, std::string_view why) {
  return refuse("bad_moment",
                fmt::format("{} is no moment: {}; write it like 2026-10-10T17:00:00+08:00", in_quotes(text), why));
}

}  // namespace

Result<CivilDay> parse_day(std::string_view text) {
  Scanner scan(text);
  auto const day = scan_day(scan);
  if (!day || !scan.done()) {
    return refuse("bad_date", fmt::format("{} is no date of the calendar: write it like 2026-10-10", in_quotes(text)));
  }
  return *day;
}

Result<UtcTime> parse_moment(std::string_view text) {
  Scanner scan(text);
  auto const day = scan_day(scan);
  if (!day) return bad_moment(text, "it does not begin with a date of the calendar");
  if (scan.done()) return bad_moment(text, "the time of day is missing");
  if (!scan.take('T')) return bad_moment(text, "a T must stand between date and time");
  auto const time = scan_time(scan);
  if (!time) return bad_moment(text, "the time of day must lie between 00:00:00 and 23:59:59");
  auto const offset = scan_offset(scan);
  if (!offset || !scan.done()) return bad_moment(text, "after the time only Z or an offset like +08:00 may stand");
  return UtcTime(Milliseconds(day->time_since_epoch()) + *time - *offset);
}

std::string format_day(CivilDay day) {
  std::chrono::year_month_day const date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string format_moment(UtcTime t) {
  std::chrono::hh_mm_ss const time(std::chrono::floor<std::chrono::seconds>(time_of_day(t)));
  return fmt::format("{}T{:02}:{:02}:{:02}+08:00", format_day(day_of(t)), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

}  // namespace fieldnode::rules

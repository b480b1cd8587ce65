#include "node/central/import/time_zone.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace fieldnode::central {
namespace chr = std::chrono;

/// Reads a TZ string from left to right; the first thing wrong ends it.
class ZoneParser {
 public:
  explicit ZoneParser(std::string_view text) : text_(text) {}

  Result<TimeZone> read() {
    TimeZone zone;
    read_name();
    zone.offset_ = -read_offset("hours west of UTC (CST-8, EST5)");
    if (!is_at_end()) zone.saving_ = read_saving(zone.offset_);
    if (!is_at_end()) fail("nothing may follow here");
    if (fault_) return *fault_;
    return zone;
  }

 private:
  TimeZone::Saving read_saving(chr::seconds standard) {
    TimeZone::Saving saving;
    saving.offset = standard + chr::hours(1);
    read_name();
    if (!is_at_end() && peek() != ',') saving.offset = -read_offset("the daylight-saving offset");
    if (is_at_end()) fail("the daylight-saving rules are missing; Boston has ,M3.2.0,M11.1.0");
    saving.begins = read_rule();
    saving.ends = read_rule();
    return saving;
  }

  void read_name() {
    bool const quoted = take('<');
    auto const from = at_;
    auto const belongs = [quoted](char c) {
      auto const u = static_cast<unsigned char>(c);
      return std::isalpha(u) != 0 || (quoted && (std::isdigit(u) != 0 || c == '+' || c == '-'));
    };
    while (!is_at_end() && belongs(peek())) ++at_;
    if (at_ - from < 3) {
      at_ = from;
      return fail("a zone name of three or more letters, or of three or more signs in <...>, must stand here");
    }
    if (quoted) expect('>');
  }

  chr::seconds read_offset(std::string_view what) { return read_hms(24, what); }

  /// [+-]hh[:mm[:ss]]
  chr::seconds read_hms(int hours_max, std::string_view what) {
    bool const negative = take('-');
    if (!negative) take('+');
    auto total = chr::seconds(chr::hours(read_number(0, hours_max, what)));
    if (take(':')) total += chr::minutes(read_number(0, 59, "minutes"));
    if (take(':')) total += chr::seconds(read_number(0, 59, "seconds"));
    return negative ? -total : total;
  }

  ZoneRule read_rule() {
    ZoneRule rule;
    expect(',');
    if (take('M')) {
      rule.form = ZoneRule::Form::kWeekday;
      rule.month = static_cast<unsigned>(read_number(1, 12, "the month"));
      expect('.');
      rule.week = static_cast<unsigned>(read_number(1, 5, "the week (5 is the last)"));
      expect('.');
      rule.weekday = static_cast<unsigned>(read_number(0, 6, "the weekday (0 is Sunday)"));
    } else if (take('J')) {
      rule.form = ZoneRule::Form::kDayWithoutLeap;
      rule.day = read_number(1, 365, "the day after J");
    } else {
      rule.form = ZoneRule::Form::kDayOfYear;
      rule.day = read_number(0, 365, "a rule (Mmonth.week.weekday, Jday or day)");
    }
    if (take('/')) rule.time = read_hms(167, "the time of the change");
    return rule;
  }

  int read_number(int low, int high, std::string_view what) {
    auto const from = at_;
    int value = 0;
    while (!is_at_end() && std::isdigit(static_cast<unsigned char>(peek())) != 0 && at_ - from < 4) {
      value = value * 10 + (peek() - '0');
      ++at_;
    }
    if (at_ == from || value < low || value > high) {
      at_ = from;
      fail(fmt::format("{} must stand here, a number from {} to {}", what, low, high));
    }
    return value;
  }

  [[nodiscard]] bool is_at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return text_[at_]; }

  bool take(char c) {
    if (is_at_end() || peek() != c) return false;
    ++at_;
    return true;
  }

  void expect(char c) {
    if (!take(c)) fail(fmt::format("a \"{}\" must stand here", c));
  }

  void fail(std::string_view why) {
    if (fault_) return;
    auto const hint = text_.find('/') < text_.find(',')
                          ? "; names like America/New_York are not understood, write the POSIX form: "
                            "EST5EDT,M3.2.0,M11.1.0 for Boston, <+08>-8 for China"
                          : "";
    fault_ = refuse("bad_time_zone", fmt::format("time zone \"{}\", character {}: {}{}", text_, at_ + 1, why, hint));
    at_ = text_.size();
  }

  std::string_view text_;
  std::size_t at_{};
  std::optional<Refusal> fault_;
};

namespace {

chr::local_days weekday_in(chr::year year, ZoneRule const& rule) {
  auto const month = year / chr::month(rule.month);
  auto const weekday = chr::weekday(rule.weekday);
  if (rule.week == 5) return chr::local_days(month / weekday[chr::last]);
  return chr::local_days(month / weekday[rule.week]);
}

chr::local_days day_in(chr::year year, ZoneRule const& rule) {
  auto const new_year = chr::local_days(year / chr::January / 1);
  if (rule.form == ZoneRule::Form::kDayOfYear) return new_year + chr::days(rule.day);
  // J60 is 1 March in every year.
  bool const after_leap_day = year.is_leap() && rule.day >= 60;
  return new_year + chr::days(rule.day - 1 + (after_leap_day ? 1 : 0));
}

UtcTime at_offset(LocalTime local, chr::seconds offset) { return UtcTime(local.time_since_epoch() - offset); }

std::string shown_offset(chr::seconds offset) {
  auto const minutes = chr::duration_cast<chr::minutes>(chr::abs(offset)).count();
  return fmt::format("UTC{}{:02}:{:02}", offset < chr::seconds(0) ? '-' : '+', minutes / 60, minutes % 60);
}

}  // namespace

chr::local_seconds ZoneRule::moment_in(chr::year year) const {
  return (form == Form::kWeekday ? weekday_in(year, *this) : day_in(year, *this)) + time;
}

Result<TimeZone> TimeZone::parse(std::string_view posix_tz) { return ZoneParser(posix_tz).read(); }

chr::seconds TimeZone::offset_at(UtcTime utc) const {
  if (!saving_) return offset_;
  auto const year = chr::year_month_day(chr::floor<chr::days>(utc)).year();
  // A change of the neighbouring years may lie in this one by its time or offset. false sorts before true: saving
  // that ends as the next begins goes on.
  std::array<std::pair<UtcTime, bool>, 6> changes;
  std::size_t count = 0;
  for (auto y : {year - chr::years(1), year, year + chr::years(1)}) {
    changes[count++] = {at_offset(saving_->begins.moment_in(y), offset_), true};
    changes[count++] = {at_offset(saving_->ends.moment_in(y), saving_->offset), false};
  }
  std::sort(changes.begin(), changes.end());
  bool is_saving = !changes.front().second;
  for (auto const& [moment, begins] : changes) {
    if (moment <= utc) is_saving = begins;
  }
  return is_saving ? saving_->offset : offset_;
}

ZonedTime TimeZone::to_utc(LocalTime local) const {
  if (!saving_) return {.utc = at_offset(local, offset_)};
  auto const [low, high] = std::minmax(offset_, saving_->offset);
  auto const first = at_offset(local, high);
  auto const second = at_offset(local, low);
  bool const is_first = offset_at(first) == high;
  bool const is_second = offset_at(second) == low;
  if (is_first && is_second && first != second) {
    return {.utc = first, .reading = ZonedTime::Reading::kAmbiguous, .second = second};
  }
  if (is_first) return {.utc = first};
  if (is_second) return {.utc = second};
  // Clocks jumped over it: counted on with the offset before the jump, which is the lower one.
  return {.utc = second, .reading = ZonedTime::Reading::kSkipped};
}

std::string TimeZone::described() const {
  if (!saving_) return shown_offset(offset_);
  return shown_offset(offset_) + ", in summer " + shown_offset(saving_->offset);
}

}  // namespace fieldnode::central

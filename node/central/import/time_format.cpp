#include "node/central/import/time_format.h"

#include <fmt/format.h>

#include <cctype>
#include <cstdint>

namespace fieldnode::central {
namespace chr = std::chrono;
namespace {

constexpr std::string_view kFields = "YmdHIpMSfz";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Collects the parts of one time while its text is eaten from the left.
class TimeScan {
 public:
  explicit TimeScan(std::string_view text) : rest_(text) {}

  bool take_literal(char literal) {
    if (rest_.empty() || rest_.front() != literal) return false;
    rest_.remove_prefix(1);
    while (literal == ' ' && !rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    return true;
  }

  bool take_field(char field) {
    switch (field) {
      case 'Y':
        return take_number(year_, 4, 4);
      case 'm':
        return take_number(month_, 1, 2);
      case 'd':
        return take_number(day_, 1, 2);
      case 'H':
        return take_number(hour_, 1, 2);
      case 'I':
        return take_number(hour_, 1, 2) && hour_ >= 1 && hour_ <= 12;
      case 'M':
        return take_number(minute_, 1, 2);
      case 'S':
        return take_number(second_, 1, 2);
      case 'f':
        return take_fraction();
      case 'p':
        return take_half_of_day();
      default:
        return take_offset();
    }
  }

  [[nodiscard]] std::optional<WrittenTime> result() const {
    auto const date =
        chr::year(year_) / chr::month(static_cast<unsigned>(month_)) / chr::day(static_cast<unsigned>(day_));
    if (!rest_.empty() || !date.ok() || minute_ > 59 || second_ > 59) return std::nullopt;
    int const hour = half_ == Half::kNone ? hour_ : hour_ % 12 + (half_ == Half::kAfternoon ? 12 : 0);
    if (hour > 23) return std::nullopt;
    auto const local = chr::local_days(date) + chr::hours(hour) + chr::minutes(minute_) + chr::seconds(second_);
    return WrittenTime{.local = local + milliseconds_, .offset = offset_};
  }

 private:
  bool take_number(int& value, std::size_t digits_min, std::size_t digits_max) {
    std::size_t count = 0;
    value = 0;
    while (count < digits_max && count < rest_.size() && is_digit(rest_[count])) {
      value = value * 10 + (rest_[count++] - '0');
    }
    rest_.remove_prefix(count);
    return count >= digits_min;
  }

  /// Digits beyond milliseconds are read and dropped.
  bool take_fraction() {
    int weight = 100;
    std::size_t count = 0;
    for (; count < rest_.size() && is_digit(rest_[count]); ++count, weight /= 10) {
      milliseconds_ += Milliseconds(weight * (rest_[count] - '0'));
    }
    rest_.remove_prefix(count);
    return count > 0;
  }

  bool take_half_of_day() {
    if (rest_.size() < 2 || std::toupper(static_cast<unsigned char>(rest_[1])) != 'M') return false;
    auto const letter = std::toupper(static_cast<unsigned char>(rest_[0]));
    if (letter != 'A' && letter != 'P') return false;
    half_ = letter == 'P' ? Half::kAfternoon : Half::kMorning;
    rest_.remove_prefix(2);
    return true;
  }

  bool take_offset() {
    if (take_literal('Z')) {
      offset_ = chr::minutes(0);
      return true;
    }
    bool const west = take_literal('-');
    int hours = 0;
    int minutes = 0;
    if ((!west && !take_literal('+')) || !take_number(hours, 2, 2)) return false;
    take_literal(':');
    if (!take_number(minutes, 2, 2) || hours > 24 || minutes > 59) return false;
    auto const offset = chr::minutes(hours * 60 + minutes);
    offset_ = west ? -offset : offset;
    return true;
  }

  enum class Half : std::uint8_t { kNone, kMorning, kAfternoon };

  std::string_view rest_;
  int year_{};
  int month_{};
  int day_{};
  int hour_{};
  int minute_{};
  int second_{};
  Milliseconds milliseconds_{};
  Half half_{Half::kNone};
  std::optional<chr::minutes> offset_;
};

Refusal bad_format(std::string_view pattern, std::string_view why) {
  return refuse("bad_time_format", fmt::format("time format \"{}\": {}", pattern, why));
}

}  // namespace

Result<TimeFormat> TimeFormat::parse(std::string_view pattern) {
  TimeFormat format;
  format.pattern_ = pattern;
  std::string used;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      format.parts_.push_back({.literal = pattern[i]});
      continue;
    }
    char const field = ++i < pattern.size() ? pattern[i] : '\0';
    if (field == '%') {
      format.parts_.push_back({.literal = '%'});
      continue;
    }
    if (field == '\0' || kFields.find(field) == std::string_view::npos) {
      return bad_format(pattern, fmt::format("\"%{}\" is not known; known are %Y %m %d %H %I %p %M %S %f %z %%",
                                             field == '\0' ? std::string() : std::string(1, field)));
    }
    if (used.find(field) != std::string::npos) return bad_format(pattern, fmt::format("%{} stands twice", field));
    used.push_back(field);
    format.parts_.push_back({.field = field});
  }
  auto const has = [&used](char field) { return used.find(field) != std::string::npos; };
  if (!has('Y') || !has('m') || !has('d')) return bad_format(pattern, "%Y, %m and %d must all be there");
  if (has('I') != has('p') || (has('I') && has('H'))) return bad_format(pattern, "%I and %p go together, without %H");
  return format;
}

std::optional<WrittenTime> TimeFormat::read(std::string_view text) const {
  TimeScan scan(text);
  for (auto const& part : parts_) {
    if (!(part.field == '\0' ? scan.take_literal(part.literal) : scan.take_field(part.field))) return std::nullopt;
  }
  return scan.result();
}

}  // namespace fieldnode::central

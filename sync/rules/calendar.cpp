#include "sync/rules/calendar.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "sync/base/check.h"
#include "sync/rules/statutory.h"

namespace fieldnode::rules {
namespace {

/// The last year of the run of national, final notices that starts in 2018; the year before it when there is none.
/// A notice beyond a gap cannot make the gap known.
int last_ruled_year(std::span<Notice const> notices) {
  std::set<int> years;
  for (auto const& notice : notices) {
    if (notice.region.empty() && !notice.provisional) years.insert(notice.year);
  }
  int last = kFirstCalendarYear - 1;
  while (years.contains(last + 1)) ++last;
  return last;
}

std::vector<Notice> published_by(std::span<Notice const> notices, std::optional<CivilDay> as_of) {
  std::vector<Notice> known;
  std::ranges::copy_if(notices, std::back_inserter(known),
                       [as_of](Notice const& notice) { return !as_of || notice.version <= *as_of; });
  return known;
}

}  // namespace

std::string Notice::name() const {
  auto const national = fmt::format("{}/{}", year, format_day(version));
  return region.empty() ? national : national + "/" + region;
}

Calendar::Calendar(std::span<Notice const> notices, std::optional<CivilDay> as_of) {
  auto const known = published_by(notices, as_of);
  for (auto const& notice : known) names_.push_back(notice.name());
  int const ruled = last_ruled_year(known);
  if (ruled < kFirstCalendarYear) return;
  int const computed = std::min(ruled + 1, kLastCalendarYear);
  lay_weeks(computed);
  if (computed > ruled) lay_statutes(computed);
  for (std::size_t i = 0; i < known.size(); ++i) {
    for (auto const day : known[i].off) set(day, {false, DayBasis::kNotice, i});
    for (auto const day : known[i].work) set(day, {true, DayBasis::kNotice, i});
  }
  first_provisional_ = civil_day(ruled, 12, 21);
  count_working_days();
}

std::string Calendar::version() const { return fmt::format("{}", fmt::join(names_, "+")); }

void Calendar::lay_weeks(int last_year) {
  auto const end = civil_day(last_year + 1, 1, 1);
  for (auto day = first_; day < end; day += std::chrono::days(1)) {
    days_.push_back({!is_weekend(day), DayBasis::kWeek, 0});
  }
}

void Calendar::lay_statutes(int year) {
  for (auto const day : statutory_days_off(year)) set(day, {false, DayBasis::kStatute, 0});
}

void Calendar::set(CivilDay day, DayRuling ruling) {
  if (covers(day)) days_[index_of(day)] = ruling;
}

void Calendar::count_working_days() {
  working_before_.reserve(days_.size() + 1);
  for (std::size_t i = 0; i < days_.size(); ++i) {
    if (days_[i].working) working_days_.push_back(first_ + std::chrono::days(i));
    working_before_.push_back(static_cast<std::int64_t>(working_days_.size()));
  }
}

std::size_t Calendar::index_of(CivilDay day) const {
  check(covers(day), "a day outside the calendar was not refused");
  return static_cast<std::size_t>((day - first_).count());
}

DayRuling const& Calendar::ruling(CivilDay day) const { return days_[index_of(day)]; }

std::int64_t Calendar::working_days_before(CivilDay day) const {
  return day == end_day() ? working_before_.back() : working_before_[index_of(day)];
}

std::optional<CivilDay> Calendar::working_day(std::int64_t number) const {
  if (number < 0 || number >= static_cast<std::int64_t>(working_days_.size())) return std::nullopt;
  return working_days_[static_cast<std::size_t>(number)];
}

Result<CivilDay> Calendar::add(CivilDay day, std::int64_t count) const {
  if (!covers(day)) return outside(format_day(day));
  if (count == 0) return day;
  // Bounded first: a count near the ends of its type must not overflow the sum.
  auto const bounded = std::clamp<std::int64_t>(count, -working_before_.back() - 1, working_before_.back() + 1);
  auto const number =
      bounded > 0 ? working_days_before(day + std::chrono::days(1)) + bounded - 1 : working_days_before(day) + bounded;
  if (auto const found = working_day(number)) return *found;
  return outside(fmt::format("working day {:+} from {}", count, format_day(day)));
}

Result<std::int64_t> Calendar::between(CivilDay from, CivilDay to) const {
  for (auto const day : {from, to}) {
    if (!covers(day)) return outside(format_day(day));
  }
  if (to >= from) {
    using std::chrono::days;
    return working_days_before(to + days(1)) - working_days_before(from + days(1));
  }
  return working_days_before(to) - working_days_before(from);
}

Refusal Calendar::outside(std::string_view what) const {
  if (days_.empty()) {
    return refuse("outside_calendar", fmt::format("{} is outside the calendar: no notice was published yet", what));
  }
  return refuse("outside_calendar",
                fmt::format("{} is outside the calendar, which runs from {} to {}: correct the date, or add the "
                            "notices of later years",
                            what, format_day(first_), format_day(end_day() - std::chrono::days(1))));
}

}  // namespace fieldnode::rules

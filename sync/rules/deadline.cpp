#include "sync/rules/deadline.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "sync/base/check.h"
#include "sync/rules/working_hours.h"

namespace fieldnode::rules {
namespace {

using std::chrono::days;
using std::chrono::hours;

/// Hours, office hours and working days are three axes of running time; a pause is a stretch of each. Where a count
/// that starts at `start` ends: the first position by which `amount` lies outside the stretches. `position` puts a
/// moment on the axis. Nothing when an open pause begins before that.
template <class PositionOf>
std::optional<std::int64_t> run(std::int64_t start, std::int64_t amount, std::span<PauseSpan const> pauses,
                                PositionOf position) {
  std::int64_t at = start;
  std::int64_t left = amount;
  for (auto const& pause : pauses) {
    auto const from = position(pause.from);
    if (from >= at + left) break;  // run down before this pause: what happens after due counts for nothing
    if (!pause.to) return std::nullopt;
    left -= std::max<std::int64_t>(0, from - at);
    at = std::max(at, position(*pause.to));
  }
  return at + left;
}

/// One term on its way to its due instant.
class Count {
 public:
  Count(Term const& term, Conditions const& conditions, Calendar const& calendar)
      : term_(term), day_end_(conditions.day_end), calendar_(calendar) {
    if (!term.statute) pauses_ = united(conditions.pauses);
  }

  Result<std::optional<Due>> end() const {
    if (auto const refused = refusal()) return *refused;
    switch (term_.limit.unit) {
      case LimitUnit::kHours:
        return end_of_hours();
      case LimitUnit::kWorkingHours:
        return end_of_working_hours();
      case LimitUnit::kWorkingDays:
        return end_of_working_days();
      case LimitUnit::kCalendarDays:
        return end_of_calendar_days();
    }
    return refuse("bad_limit", "a limit in a unit that this version does not know: update the program");
  }

 private:
  std::optional<Refusal> refusal() const {
    if (term_.limit.count == 0) return refuse("bad_limit", "a limit of 0 leaves nothing to count");
    if (!calendar_.covers(day_of(term_.start))) return calendar_.outside(format_day(day_of(term_.start)));
    bool const extensible = !term_.statute && term_.limit.unit == LimitUnit::kWorkingDays;
    if (extensible || term_.extensions.empty()) return std::nullopt;
    return refuse("extension_not_days", fmt::format("{} cannot be extended: only a limit in working days that is not "
                                                    "a statute's can",
                                                    format_limit(term_.limit)));
  }

  std::int64_t milliseconds() const { return Milliseconds(hours(term_.limit.count)).count(); }

  Result<std::optional<Due>> end_of_hours() const {
    auto const end = run(ms_of(term_.start), milliseconds(), pauses_, [](UtcTime t) { return ms_of(t); });
    if (!end) return std::optional<Due>();
    auto const at = std::chrono::floor<std::chrono::seconds>(utc_from_ms(*end));
    if (!calendar_.covers(day_of(at))) return beyond();
    return std::optional(Due{at, day_of(at), false});
  }

  Result<std::optional<Due>> end_of_working_hours() const {
    auto const position = [this](UtcTime t) { return work_until(calendar_, t).count(); };
    auto const end = run(position(term_.start), milliseconds(), pauses_, position);
    if (!end) return std::optional<Due>();
    auto const moment = moment_of_work(calendar_, Milliseconds(*end));
    if (!moment) return beyond();
    auto const at = std::chrono::floor<std::chrono::seconds>(*moment);
    return std::optional(Due{at, day_of(at), calendar_.is_provisional(day_of(at))});
  }

  Result<std::optional<Due>> end_of_working_days() const {
    auto const first = calendar_.working_days_before(day_of(term_.start) + days(1));
    auto const count =
        std::accumulate(term_.extensions.begin(), term_.extensions.end(), static_cast<std::int64_t>(term_.limit.count));
    auto const end = run(first, count, pauses_, [this](UtcTime t) { return closes_before(calendar_, t); });
    if (!end) return std::optional<Due>();
    auto const last = calendar_.working_day(*end - 1);
    return last ? end_of_day(*last) : beyond();
  }

  Result<std::optional<Due>> end_of_calendar_days() const {
    auto const start = day_of(term_.start);
    if (days(term_.limit.count) >= calendar_.end_day() - start) return beyond();
    auto const last = calendar_.working_day(calendar_.working_days_before(start + days(term_.limit.count)));
    return last ? end_of_day(*last) : beyond();
  }

  Result<std::optional<Due>> end_of_day(CivilDay last) const {
    auto const at =
        day_end_ == DayEnd::kClose ? moment_on(last, kCloseOfBusiness) : moment_on(last + days(1), Milliseconds(0));
    return std::optional(Due{at, last, calendar_.is_provisional(last)});
  }

  Result<std::optional<Due>> beyond() const {
    return calendar_.outside(
        fmt::format("the end of {} from {}", format_limit(term_.limit), format_moment(term_.start)));
  }

  Term const& term_;
  DayEnd day_end_;
  Calendar const& calendar_;
  std::vector<PauseSpan> pauses_;
};

}  // namespace

Result<std::optional<Due>> due_of(Term const& term, Conditions const& conditions, Calendar const& calendar) {
  return Count(term, conditions, calendar).end();
}

Result<std::optional<EffectiveDue>> effective_due(std::span<Term const> terms, Conditions const& conditions,
                                                  Calendar const& calendar) {
  check(!terms.empty(), "a clock without a term");
  std::optional<EffectiveDue> earliest;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    auto const due = due_of(terms[i], conditions, calendar);
    if (!due) return due.error();
    if (*due && (!earliest || (*due)->at < earliest->due.at)) earliest = EffectiveDue{i, **due};
  }
  return earliest;
}

Result<AcknowledgementDues> acknowledgement_dues(UtcTime start, std::uint32_t hours_count, Conditions const& conditions,
                                                 Calendar const& calendar) {
  auto const elapsed = due_of({.limit = {hours_count, LimitUnit::kHours}, .start = start}, conditions, calendar);
  if (!elapsed) return elapsed.error();
  auto const working = due_of({.limit = {hours_count, LimitUnit::kWorkingHours}, .start = start}, conditions, calendar);
  if (!working) return working.error();
  return AcknowledgementDues{*elapsed, *working};
}

std::vector<PauseSpan> united(std::vector<PauseSpan> pauses) {
  std::erase_if(pauses, [](PauseSpan const& pause) { return pause.to && *pause.to <= pause.from; });
  std::ranges::sort(pauses, {}, &PauseSpan::from);
  std::vector<PauseSpan> apart;
  for (auto const& pause : pauses) {
    bool const touches = !apart.empty() && (!apart.back().to || pause.from <= *apart.back().to);
    if (!touches) {
      apart.push_back(pause);
    } else if (apart.back().to) {
      apart.back().to = pause.to ? std::optional(std::max(*apart.back().to, *pause.to)) : std::nullopt;
    }
  }
  return apart;
}

}  // namespace fieldnode::rules

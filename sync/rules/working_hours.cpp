#include "sync/rules/working_hours.h"

#include <algorithm>

#include "sync/base/check.h"

namespace fieldnode::rules {
namespace {

UtcTime clamp_to(Calendar const& calendar, UtcTime t) {
  return std::clamp(t, moment_on(calendar.first_day(), Milliseconds(0)),
                    moment_on(calendar.end_day(), Milliseconds(0)));
}

/// Office time between midnight and `time` of a working day.
Milliseconds work_within_day(Milliseconds time) {
  auto const morning = std::clamp<Milliseconds>(time, kMorningBegins, kMorningEnds) - kMorningBegins;
  auto const afternoon = std::clamp<Milliseconds>(time, kAfternoonBegins, kCloseOfBusiness) - kAfternoonBegins;
  return morning + afternoon;
}

bool works(Calendar const& calendar, CivilDay day) { return calendar.covers(day) && calendar.is_working(day); }

}  // namespace

Milliseconds work_until(Calendar const& calendar, UtcTime t) {
  auto const moment = clamp_to(calendar, t);
  auto const day = day_of(moment);
  auto const whole_days = kWorkOfDay * calendar.working_days_before(day);
  return works(calendar, day) ? whole_days + work_within_day(time_of_day(moment)) : whole_days;
}

std::optional<UtcTime> moment_of_work(Calendar const& calendar, Milliseconds work) {
  check(work > Milliseconds(0), "the end of no office time was asked for");
  auto const before = (work - Milliseconds(1)) / kWorkOfDay;
  auto const day = calendar.working_day(before);
  if (!day) return std::nullopt;
  auto const rest = work - kWorkOfDay * before;
  bool const in_morning = rest <= kMorningEnds - kMorningBegins;
  return moment_on(*day, rest + (in_morning ? kMorningBegins : kMorningBegins + (kAfternoonBegins - kMorningEnds)));
}

namespace {

/// The first moment in office hours before which exactly `work` has run.
std::optional<UtcTime> beginning_after(Calendar const& calendar, Milliseconds work) {
  constexpr Milliseconds kInstant{1};
  auto const within = moment_of_work(calendar, work + kInstant);
  return within ? std::optional(*within - kInstant) : std::nullopt;
}

}  // namespace

std::optional<UtcTime> office_moment_from(Calendar const& calendar, UtcTime t) {
  return beginning_after(calendar, work_until(calendar, t));
}

std::optional<UtcTime> office_moment_before(Calendar const& calendar, UtcTime end, Milliseconds work) {
  auto const run = work_until(calendar, end) - work;
  return run < Milliseconds(0) ? std::nullopt : beginning_after(calendar, run);
}

std::int64_t closes_before(Calendar const& calendar, UtcTime t) {
  auto const moment = clamp_to(calendar, t);
  auto const day = day_of(moment);
  bool const closed = works(calendar, day) && time_of_day(moment) > kCloseOfBusiness;
  return calendar.working_days_before(day) + (closed ? 1 : 0);
}

}  // namespace fieldnode::rules

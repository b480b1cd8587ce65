#include "sync/rules/warnings.h"

#include <algorithm>

#include "sync/rules/policy.h"
#include "sync/rules/working_hours.h"

namespace fieldnode::rules {
namespace {

bool is_in_days(LimitUnit unit) { return unit == LimitUnit::kWorkingDays || unit == LimitUnit::kCalendarDays; }

/// E5, design 11: a statute is never paused, nor is a limit in calendar days.
bool can_be_paused(OwnLimit const& limit) { return limit.statute.empty() && limit.unit != LimitUnit::kCalendarDays; }

/// Before this the office could not know that the limit would be due then.
UtcTime known_from(AssignmentState const& state, DeadlineClock const& clock, WarningContext const& context) {
  auto known = std::max(clock.started_at, context.delivered_at.value_or(clock.started_at));
  if (!can_be_paused(clock.limits.front().limit)) return known;
  for (auto const& pause : state.pauses) {
    if (pause.to && *pause.to <= *clock.due()) known = std::max(known, *pause.to);
  }
  return known;
}

/// From when on somebody may be told who learns of it at `known`: in office hours, unless the limit runs outside them.
UtcTime tellable_from(UtcTime known, LimitDue const& limit, Calendar const& calendar) {
  if (limit.limit.unit == LimitUnit::kHours) return known;
  return office_moment_from(calendar, known).value_or(known);
}

UtcTime office_time_before(UtcTime end, Milliseconds work, Calendar const& calendar) {
  if (work == Milliseconds(0)) return end;
  return office_moment_before(calendar, end, work).value_or(moment_on(calendar.first_day(), Milliseconds(0)));
}

/// The opening of the day that lies so many working days before the last.
UtcTime opening_before(CivilDay last_day, std::uint32_t working_days, Calendar const& calendar) {
  auto const day = calendar.add(last_day, -static_cast<std::int64_t>(working_days));
  return moment_on(day ? *day : calendar.first_day(), kMorningBegins);
}

UtcTime raised_before(LimitDue const& limit, Policy const& policy, Calendar const& calendar) {
  if (is_in_days(limit.limit.unit)) return opening_before(limit.due->last_day, policy.warn_before_days, calendar);
  if (limit.limit.unit == LimitUnit::kHours) return limit.due->at - policy.warn_before_hours;
  return office_time_before(limit.due->at, policy.warn_before_hours, calendar);
}

/// A last day that ends at midnight has its close of business all the same: that is when somebody is there.
UtcTime escalated_before(LimitDue const& limit, Policy const& policy, Calendar const& calendar) {
  if (is_in_days(limit.limit.unit)) {
    return office_time_before(moment_on(limit.due->last_day, kCloseOfBusiness), policy.escalate_before_days, calendar);
  }
  if (limit.limit.unit == LimitUnit::kHours) return limit.due->at - policy.escalate_before_hours;
  return office_time_before(limit.due->at, policy.escalate_before_hours, calendar);
}

Warning warning_of(AssignmentState const& state, DeadlineClock const& clock, WarningContext const& context) {
  auto const& limit = clock.limits.front();
  auto const due = limit.due->at;
  auto const known = known_from(state, clock, context);
  auto tellable = tellable_from(known, limit, context.calendar);
  Warning warning{.clock = clock.kind, .due = due, .held = clock.extension_pending};
  warning.late_on_arrival = context.delivered_at && !is_in_time(*context.delivered_at, due);
  if (!warning.late_on_arrival && tellable > due) tellable = known;
  warning.raised_at = std::max(tellable, raised_before(limit, context.policy, context.calendar));
  if (warning.held) return warning;
  warning.escalated_at = std::max(warning.raised_at, escalated_before(limit, context.policy, context.calendar));
  return warning;
}

bool can_be_missed(DeadlineClock const& clock) {
  return clock.kind != ClockKind::kReturn && clock.state == ClockState::kRunning && !clock.awaits_confirmation;
}

/// The moment by which so much office time has run after `at`, and so no less than that much time; the calendar's end
/// where it does not reach so far.
UtcTime office_time_after(UtcTime at, Milliseconds work, Calendar const& calendar) {
  auto const run = work_until(calendar, at) + work;
  auto const end = moment_on(calendar.end_day(), Milliseconds(0));
  return run == Milliseconds(0) ? at : moment_of_work(calendar, run).value_or(end);
}

/// The end of the last day of which the opening before may have come.
UtcTime days_horizon(UtcTime at, Policy const& policy, Calendar const& calendar) {
  auto const last_day = calendar.add(day_of(at), policy.warn_before_days);
  auto const day = last_day ? *last_day : calendar.end_day();
  return moment_on(day + std::chrono::days(1), Milliseconds(0));
}

}  // namespace

std::vector<Warning> warnings_of(AssignmentState const& state, std::span<DeadlineClock const> clocks,
                                 WarningContext const& context) {
  std::vector<Warning> warnings;
  for (auto const& clock : clocks) {
    if (can_be_missed(clock)) warnings.push_back(warning_of(state, clock, context));
  }
  return warnings;
}

UtcTime warning_time(TimeEvidence const& now) { return now.interval.latest.value_or(now.estimate); }

WarningState state_of(Warning const& warning, TimeEvidence const& now) {
  auto const at = warning_time(now);
  bool const has_passed = !is_in_time(at, warning.due);
  if (has_passed && !warning.held) {
    if (warning.late_on_arrival) return WarningState::kLateOnArrival;
    bool const certainly = !is_in_time(now.interval.earliest, warning.due);
    return certainly ? WarningState::kOverdue : WarningState::kPerhapsOverdue;
  }
  return !has_passed && warning.raised_at <= at ? WarningState::kDueSoon : WarningState::kQuiet;
}

UtcTime warning_horizon(UtcTime at, Policy const& policy, Calendar const& calendar) {
  return std::max(office_time_after(at, policy.warn_before_hours, calendar), days_horizon(at, policy, calendar));
}

}  // namespace fieldnode::rules

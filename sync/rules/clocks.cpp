#include "sync/rules/clocks.h"

#include <algorithm>
#include <array>

#include "sync/rules/attempts.h"
#include "sync/rules/calendar.h"
#include "sync/rules/policy.h"

namespace fieldnode::rules {

namespace {

constexpr std::array kClockKinds{ClockKind::kAcknowledge, ClockKind::kContact, ClockKind::kReturn, ClockKind::kResolve};

OwnLimit measures_limit(AssignmentState const& state, ClockKind kind, Policy const& policy) {
  Limit const limit = policy.limit_of(kind, state.dispatch.kind);
  return {kind, limit.count, limit.unit, {}};
}

/// The measures' limit, then the case's own in the order of the dispatch.
std::vector<OwnLimit> limits_on(AssignmentState const& state, ClockKind kind, Policy const& policy) {
  std::vector<OwnLimit> limits{measures_limit(state, kind, policy)};
  for (auto const& limit : state.dispatch.limits) {
    if (limit.clock == kind) limits.push_back(limit);
  }
  return limits;
}

/// D2: where the limits begin. What the chosen moment needs and is not known yet, the dispatch stands in for.
UtcTime start_of(AssignmentState const& state, ClockKind kind, Policy const& policy,
                 std::optional<UtcTime> delivered_at) {
  if (policy.start == ClockStart::kDelivery && delivered_at) return *delivered_at;
  bool const by_acknowledgement = policy.start == ClockStart::kAcknowledgement && kind != ClockKind::kAcknowledge;
  if (by_acknowledgement && state.acknowledged) return state.acknowledged->time.estimate;
  return state.dispatched_at;
}

bool is_extendable(OwnLimit const& limit) {
  return limit.clock == ClockKind::kResolve && limit.unit == LimitUnit::kWorkingDays && limit.statute.empty();
}

Term term_of(AssignmentState const& state, OwnLimit const& limit, UtcTime start) {
  Term term{{limit.count, limit.unit}, start, !limit.statute.empty(), {}};
  if (!is_extendable(limit)) return term;
  for (auto const& granted : state.granted) term.extensions.push_back(granted.days);
  return term;
}

/// Strictest first; what an open pause holds has no instant and comes last.
bool is_stricter(LimitDue const& left, LimitDue const& right) {
  if (left.due && right.due) return left.due->at < right.due->at;
  return left.due.has_value() && !right.due;
}

Result<std::vector<LimitDue>> dues_on(AssignmentState const& state, ClockKind kind, Policy const& policy,
                                      Calendar const& calendar, UtcTime start) {
  std::vector<LimitDue> dues;
  Conditions const conditions{state.pauses, policy.day_end};
  for (auto& limit : limits_on(state, kind, policy)) {
    auto const due = due_of(term_of(state, limit, start), conditions, calendar);
    if (!due) return due.error();
    auto const own = limit.statute.empty() ? LimitSource::kCase : LimitSource::kStatute;
    dues.push_back({dues.empty() ? LimitSource::kMeasures : own, std::move(limit), *due});
  }
  std::ranges::stable_sort(dues, is_stricter);
  return dues;
}

bool was_never_owed(AssignmentState const& state, ClockKind kind) {
  if (kind == ClockKind::kResolve) return !state.dispatch.lead;
  return kind == ClockKind::kReturn && state.ruled && !state.granted_return;
}

std::optional<Mark> contact_met_by(AssignmentState const& state, Policy const& policy, Calendar const& calendar) {
  if (auto const* const reached = state.reached()) return reached->by;
  bool const confirmed = state.resolution && state.resolution->confirmed_by.seq != 0;
  if (!confirmed || !policy.unreachable.meets_contact) return std::nullopt;
  return decisive_attempt(state, policy, calendar);
}

std::optional<Mark> return_met_by(AssignmentState const& state) {
  auto const& applied = state.pending_return ? state.pending_return : state.granted_return;
  return applied ? std::optional(applied->by) : std::nullopt;
}

std::optional<Mark> met_by(AssignmentState const& state, ClockKind kind, Policy const& policy,
                           Calendar const& calendar) {
  switch (kind) {
    case ClockKind::kAcknowledge:
      return state.acknowledged;
    case ClockKind::kContact:
      return contact_met_by(state, policy, calendar);
    case ClockKind::kReturn:
      return return_met_by(state);
    case ClockKind::kResolve:
      return state.resolution ? std::optional(state.resolution->by) : std::nullopt;
    case ClockKind::kNone:
      break;
  }
  return std::nullopt;
}

/// The assignment's end; for the return also the resolution, after which nothing can be returned.
std::optional<UtcTime> ended_at(AssignmentState const& state, ClockKind kind) {
  if (kind == ClockKind::kReturn && state.stage() == Stage::kResolved) return state.resolution->by.time.estimate;
  return state.ending ? std::optional(state.ending->time) : std::nullopt;
}

ClockState state_of(DeadlineClock const& clock) {
  if (clock.met_by) return ClockState::kMet;
  if (clock.ended_at) return ClockState::kEnded;
  return clock.due() ? ClockState::kRunning : ClockState::kPaused;
}

/// E3: asked in time, with the benefit of the doubt that the judge gave it.
bool asked_in_time(std::optional<TimeApplication> const& pending, std::optional<UtcTime> due) {
  return pending && (!due || is_in_time(pending->by.time.interval.earliest, *due));
}

bool awaits_extension(AssignmentState const& state, DeadlineClock const& clock) {
  if (clock.kind != ClockKind::kResolve || clock.met_by) return false;
  return asked_in_time(state.pending_extension, clock.due()) || asked_in_time(state.pending_special, clock.due());
}

bool awaits_unreachable(AssignmentState const& state, ClockKind kind) {
  bool const concerned = kind == ClockKind::kContact || kind == ClockKind::kResolve;
  return concerned && state.stage() == Stage::kUnconfirmed && !(kind == ClockKind::kContact && state.reached());
}

Result<DeadlineClock> clock_of(AssignmentState const& state, ClockKind kind, Policy const& policy,
                               Calendar const& calendar, UtcTime start) {
  DeadlineClock clock{kind, ClockState::kVoid, start, {}, {}, {}, {}, {}};
  if (was_never_owed(state, kind)) return clock;
  auto dues = dues_on(state, kind, policy, calendar, start);
  if (!dues) return dues.error();
  clock.limits = std::move(*dues);
  clock.met_by = met_by(state, kind, policy, calendar);
  if (!clock.met_by) clock.ended_at = ended_at(state, kind);
  clock.extension_pending = awaits_extension(state, clock);
  clock.awaits_confirmation = awaits_unreachable(state, kind);
  clock.state = state_of(clock);
  return clock;
}

bool is_duty(DeadlineClock const& clock) { return clock.kind != ClockKind::kReturn; }

}  // namespace

std::optional<UtcTime> DeadlineClock::due() const {
  if (limits.empty() || !limits.front().due) return std::nullopt;
  return limits.front().due->at;
}

Result<std::vector<DeadlineClock>> clocks_of(AssignmentState const& state, Policy const& policy,
                                             Calendar const& calendar, std::optional<UtcTime> delivered_at) {
  std::vector<DeadlineClock> clocks;
  if (state.dispatched_by.seq == 0) return clocks;
  for (auto const kind : kClockKinds) {
    auto clock = clock_of(state, kind, policy, calendar, start_of(state, kind, policy, delivered_at));
    if (!clock) return clock.error();
    clocks.push_back(std::move(*clock));
  }
  return clocks;
}

std::vector<Reason> reasons_of(AssignmentState const& state, DeadlineClock const& clock, Policy const& policy,
                               Calendar const& calendar) {
  if (!clock.due()) return {};
  std::vector<Term> terms;
  for (auto const& limit : clock.limits) terms.push_back(term_of(state, limit.limit, clock.started_at));
  return explain_effective(terms, {0, *clock.limits.front().due}, {state.pauses, policy.day_end}, calendar);
}

Certainty is_after(TimeInterval when, UtcTime due) {
  if (!is_in_time(when.earliest, due)) return Certainty::kCertainly;
  return when.latest && is_in_time(*when.latest, due) ? Certainty::kNo : Certainty::kMaybe;
}

Certainty is_overdue(DeadlineClock const& clock, TimeInterval now) {
  auto const due = clock.due();
  if (!due || clock.state == ClockState::kVoid) return Certainty::kNo;
  if (clock.met_by) return is_after(clock.met_by->time.interval, *due);
  if (clock.extension_pending || clock.awaits_confirmation) return Certainty::kNo;
  return is_after(clock.ended_at ? exactly(*clock.ended_at) : now, *due);
}

std::optional<UtcTime> next_due(std::span<DeadlineClock const> clocks) {
  std::optional<UtcTime> next;
  for (auto const& clock : clocks) {
    if (clock.state != ClockState::kRunning || !is_duty(clock)) continue;
    if (!next || *clock.due() < *next) next = clock.due();
  }
  return next;
}

Result<std::optional<UtcTime>> due_while_running(AssignmentState const& state, ClockKind kind, Policy const& policy,
                                                 Calendar const& calendar, std::optional<UtcTime> delivered_at) {
  auto const dues = dues_on(state, kind, policy, calendar, start_of(state, kind, policy, delivered_at));
  if (!dues) return dues.error();
  auto const& strictest = dues->front().due;
  return strictest ? std::optional(strictest->at) : std::nullopt;
}

std::uint32_t extension_base(AssignmentState const& state, Policy const& policy) {
  std::uint32_t base = 0;
  for (auto const& limit : limits_on(state, ClockKind::kResolve, policy)) {
    if (is_extendable(limit) && (base == 0 || limit.count < base)) base = limit.count;
  }
  return base;
}

}  // namespace fieldnode::rules

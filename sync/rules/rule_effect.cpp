#include "sync/rules/rule_effect.h"

#include <algorithm>
#include <vector>

namespace fieldnode::rules {
namespace {

using Clocks = std::vector<DeadlineClock>;

/// Beyond the calendar nothing is due.
Clocks clocks_under(RuleBook const& book, AssignmentState const& state, std::optional<UtcTime> delivered_at) {
  auto clocks = clocks_of(state, book.policy, book.calendar, delivered_at);
  return clocks ? *std::move(clocks) : Clocks{};
}

DeadlineClock const* running_duty(Clocks const& clocks, ClockKind kind) {
  auto const found = std::ranges::find(clocks, kind, &DeadlineClock::kind);
  bool const runs = found != clocks.end() && found->state == ClockState::kRunning;
  return runs ? &*found : nullptr;
}

std::optional<UtcTime> due_of(DeadlineClock const* clock) { return clock != nullptr ? clock->due() : std::nullopt; }

bool certainly_overdue(DeadlineClock const* clock, TimeInterval now) {
  return clock != nullptr && is_overdue(*clock, now) == Certainty::kCertainly;
}

/// What is due first by either rules is told.
bool is_more_pressing(MovedDue const& one, MovedDue const& other) {
  auto const first = [](MovedDue const& moved) {
    return std::min(moved.before, moved.after, [](auto a, auto b) { return a && (!b || *a < *b); });
  };
  return *first(one) < *first(other);
}

}  // namespace

std::optional<MovedDue> effect_on(AssignmentState const& state, RuleChange const& change,
                                  std::optional<UtcTime> delivered_at) {
  if (state.ending) return std::nullopt;
  auto const before = clocks_under(change.before, state, delivered_at);
  auto const after = clocks_under(change.after, state, delivered_at);
  std::optional<MovedDue> first;
  bool overdue = false;
  for (auto const kind : {ClockKind::kAcknowledge, ClockKind::kContact, ClockKind::kResolve}) {
    auto const* const was = running_duty(before, kind);
    auto const* const is = running_duty(after, kind);
    if (due_of(was) == due_of(is)) continue;
    MovedDue const moved{kind, due_of(was), due_of(is), false};
    if (!first || is_more_pressing(moved, *first)) first = moved;
    overdue = overdue || (certainly_overdue(is, change.now) && !certainly_overdue(was, change.now));
  }
  if (first) first->overdue = overdue;
  return first;
}

void EffectCounts::add(MovedDue const& moved) {
  ++(moved.earlier() ? earlier : later);
  if (moved.overdue) ++overdue;
}

std::optional<CivilDay> first_changed_day(Calendar const& before, Calendar const& after) {
  auto const end = std::min(before.end_day(), after.end_day());
  for (auto day = std::max(before.first_day(), after.first_day()); day < end; day += std::chrono::days(1)) {
    if (before.is_working(day) != after.is_working(day)) return day;
  }
  return std::nullopt;
}

}  // namespace fieldnode::rules

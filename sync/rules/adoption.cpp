#include "sync/rules/adoption.h"

#include <algorithm>

#include "sync/rules/refusals.h"

namespace fieldnode::rules {
namespace {

Position first_place(Position at, std::optional<Position> const& origin) { return origin.value_or(at); }

/// The same act by its place, or by the place where it was appended first.
bool is_known(AssignmentState const& state, Placed const& act) {
  auto const first = first_place(act.at, act.skeleton.origin);
  return std::ranges::any_of(state.acts, [&](ActRecord const& record) {
    return record.at == act.at || first_place(record.at, record.origin) == first;
  });
}

}  // namespace

TimeEvidence adopted_time(TimeEvidence const& claimed, std::optional<UtcTime> held_at) {
  TimeEvidence time{ClockClass::kFloor, {UtcTime{}, held_at}, claimed.estimate, 0};
  if (held_at) time.estimate = std::min(time.estimate, *held_at);
  return time;
}

Result<void> judge_adoption(AssignmentState const& state, Placed const& act, JudgeContext const& context) {
  if (is_known(state, act)) return refusal_of(RefusalCode::kNotSetAside);
  auto judgement = classify(state, act.skeleton, context);
  if (judgement.ruling != Ruling::kAdmit) return std::move(judgement.why);
  bool const is_kept_only = verdict_of(situation_of(state), move_of(act.skeleton)).outcome == Outcome::kKeep;
  return is_kept_only ? Result<void>(refusal_of(RefusalCode::kAddsNothing)) : Result<void>{};
}

}  // namespace fieldnode::rules

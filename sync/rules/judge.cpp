#include "sync/rules/judge.h"

#include <algorithm>
#include <variant>

#include "sync/rules/guards.h"

namespace fieldnode::rules {

namespace {

Judgement refused(Refusal why) { return {Ruling::kRefuse, std::move(why), false}; }
Judgement refused(RefusalCode code) { return refused(refusal_of(code)); }

bool is_known(Skeleton const& entry) { return !std::holds_alternative<UnknownPayload>(entry.payload); }

/// Did the maker of the act know the feed entry at `at`, by the gapless feed or by preview?
bool knew(Skeleton const& act, Position at, EpochOrder const* feeds) {
  if (act.basis.epoch == at.epoch) return std::max(act.basis.seq, act.previewed) >= at.seq;
  return feeds && feeds->covers(act.basis, at);
}

/// Another append of an act that is held already: kept, and the fold counts it once.
bool is_repeated(AssignmentState const& state, Skeleton const& act) {
  if (!act.origin) return false;
  auto const* const first = state.act(*act.origin);
  return first && first->standing != Standing::kSetAside;
}

Judgement judge_unit_act(Skeleton const& act) {
  if (act.assignment) return refused(RefusalCode::kNotOnAssignment);
  auto const* const change = std::get_if<StaffChange>(&act.payload);
  return change && !change->who ? refused(RefusalCode::kStaffMissing) : Judgement{};
}

Judgement judge_on_assignment(AssignmentState const& state, Skeleton const& act, JudgeContext const& context) {
  bool const may_conflict = context.side == Side::kCentre && move_of(act) != Move::kEvidence;
  if (may_conflict && state.ending && !knew(act, state.ending->at, context.feeds)) {
    return {Ruling::kConflict, refusal_of(RefusalCode::kAssignmentEnded), false};
  }
  Cell const verdict = verdict_of(situation_of(state), move_of(act));
  if (verdict.outcome == Outcome::kRefuse) return refused(verdict.code);
  auto answer = ask_guard(state, act, verdict.guard, context);
  if (answer.refusal) return refused(std::move(*answer.refusal));
  return {Ruling::kAdmit, {}, answer.undetermined};
}

/// Entries that may concern the unit as a whole as well as an assignment.
bool may_be_unit_wide(Move move) {
  return move == Move::kRefusal || move == Move::kConflict || move == Move::kSettlement || move == Move::kSetAside ||
         move == Move::kAdopt || move == Move::kRedact || move == Move::kSupervisionNote || move == Move::kUnitWide;
}

}  // namespace

Judgement classify(AssignmentState const& state, Skeleton const& act, JudgeContext const& context) {
  if (!is_known(act)) return {Ruling::kSetAside, refusal_of(RefusalCode::kUnknownKind), false};
  if (!is_act(act.kind)) return {Ruling::kSetAside, refusal_of(RefusalCode::kNotAnAct), false};
  Move const move = move_of(act);
  if (move == Move::kUnitWide) return judge_unit_act(act);
  if (!act.assignment && move == Move::kUnmasking) return {};
  if (!act.assignment) return refused(RefusalCode::kNoAssignment);
  if (is_repeated(state, act)) return {};
  return judge_on_assignment(state, act, context);
}

Result<void> judge(AssignmentState const& state, Skeleton const& act, JudgeContext const& context) {
  auto judgement = classify(state, act, context);
  if (judgement.ruling == Ruling::kAdmit) return {};
  return std::move(judgement.why);
}

Result<void> judge_decision(AssignmentState const& state, Skeleton const& decision, JudgeContext const& context) {
  if (!is_known(decision)) return refusal_of(RefusalCode::kUnknownKind);
  if (is_act(decision.kind)) return refusal_of(RefusalCode::kNotADecision);
  Move const move = move_of(decision);
  if (!decision.assignment) {
    return may_be_unit_wide(move) ? Result<void>{} : Result<void>(refusal_of(RefusalCode::kNoAssignment));
  }
  Cell const verdict = verdict_of(situation_of(state), move);
  if (verdict.outcome == Outcome::kRefuse) return refusal_of(verdict.code);
  auto answer = ask_guard(state, decision, verdict.guard, context);
  if (answer.refusal) return std::move(*answer.refusal);
  return {};
}

}  // namespace fieldnode::rules

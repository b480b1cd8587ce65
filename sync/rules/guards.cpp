#include "sync/rules/guards.h"

#include <algorithm>
#include <vector>

#include "sync/rules/attempts.h"
#include "sync/rules/civil.h"
#include "sync/rules/clocks.h"
#include "sync/rules/policy.h"
#include "sync/rules/references.h"

namespace fieldnode::rules {

namespace {

constexpr RefusalCode kFine = RefusalCode::kNone;

RefusalCode answers_fault(Resolution const& claim) {
  bool const complete = claim.verified != Degree::kNone && claim.solved != Degree::kNone;
  return complete ? kFine : RefusalCode::kResolutionIncomplete;
}

bool is_empty(OwnLimit const& limit) { return limit.clock == ClockKind::kNone || limit.count == 0; }

/// Required fields, one function for each kind that has some.
struct FormFault {
  RefusalCode operator()(Dispatch const& dispatch) const {
    if (dispatch.category == Category::kNone || dispatch.kind == CaseKind::kNone) return RefusalCode::kCategoryMissing;
    return std::ranges::any_of(dispatch.limits, is_empty) ? RefusalCode::kLimitMissing : kFine;
  }
  RefusalCode operator()(Contact const& contact) const {
    if (contact.channel == Channel::kNone) return RefusalCode::kChannelMissing;
    if (contact.outcome == ContactOutcome::kNone) return RefusalCode::kOutcomeMissing;
    if (!contact.completes) return kFine;
    if (contact.outcome != ContactOutcome::kReached) return RefusalCode::kContactMissing;
    return contact.completes->unreachable ? RefusalCode::kAlreadyContacted : answers_fault(*contact.completes);
  }
  RefusalCode operator()(Resolution const& claim) const { return answers_fault(claim); }
  RefusalCode operator()(CallBack const& result) const {
    return result.reached && result.satisfied == Degree::kNone ? RefusalCode::kOutcomeMissing : kFine;
  }
  RefusalCode operator()(SupervisionNote const& note) const {
    return note.ground == SupervisionGround::kNone ? RefusalCode::kGroundMissing : kFine;
  }
  RefusalCode operator()(Redo const& redo) const { return redo.next ? kFine : RefusalCode::kNextMissing; }
  RefusalCode operator()(Redact const& redact) const {
    return redact.target.seq == 0 ? RefusalCode::kTargetMissing : kFine;
  }
  template <class Other>
  RefusalCode operator()(Other const&) const {
    return kFine;
  }
};

/// The later of the dues by the calendar now and by the one that the node knew (D12).
Result<std::optional<UtcTime>> forgiving_due(AssignmentState const& state, ClockKind kind,
                                             JudgeContext const& context) {
  auto due = due_while_running(state, kind, context.policy, context.calendar, context.delivered_at);
  if (!due || !*due || !context.calendar_then) return due;
  auto const then = due_while_running(state, kind, context.policy, *context.calendar_then, context.delivered_at);
  if (then && *then) *due = std::max(**due, **then);
  return due;
}

GuardAnswer answer(RefusalCode code) {
  if (code == kFine) return {};
  return {refusal_of(code), false};
}

/// An application is refused only if it is certainly late (design 5).
GuardAnswer ask_in_time(AssignmentState const& state, ClockKind kind, JudgeContext const& context) {
  auto const due = forgiving_due(state, kind, context);
  if (!due) return {due.error(), false};
  if (!*due) return {};
  auto const after = is_after(context.now, **due);
  if (after == Certainty::kCertainly) {
    return {refusal_of(RefusalCode::kApplicationLate, "due " + format_moment(**due)), false};
  }
  return {std::nullopt, after == Certainty::kMaybe};
}

/// E2: how often, how long each, how long in all; what special circumstances granted is outside the caps (E7).
Result<> ask_caps(AssignmentState const& state, std::uint32_t days, Policy const& policy) {
  std::vector<std::uint32_t> granted;
  for (auto const& earlier : state.granted) {
    if (!earlier.special) granted.push_back(earlier.days);
  }
  Limit const base{extension_base(state, policy), LimitUnit::kWorkingDays};
  return admit_extension(policy.extension, base, granted, days);
}

GuardAnswer ask_extension(AssignmentState const& state, ExtensionApplication const& application,
                          JudgeContext const& context) {
  if (application.ground == ExtensionGround::kNone) return answer(RefusalCode::kGroundMissing);
  if (application.days == 0) return answer(RefusalCode::kDaysMissing);
  auto const within = ask_caps(state, application.days, context.policy);
  if (!within) return {within.error(), false};
  return ask_in_time(state, ClockKind::kResolve, context);
}

GuardAnswer ask_return(AssignmentState const& state, ReturnApplication const& application,
                       JudgeContext const& context) {
  if (application.reason == ReturnReason::kNone) return answer(RefusalCode::kReasonMissing);
  if (state.return_rounds >= context.policy.return_rounds_max) return answer(RefusalCode::kRuled);
  return ask_in_time(state, ClockKind::kReturn, context);
}

RefusalCode paper_fault(SpecialApplication const& application, std::uint32_t blobs) {
  if (application.days == 0) return RefusalCode::kDaysMissing;
  return blobs == 0 ? RefusalCode::kAttachmentMissing : kFine;
}

GuardAnswer ask_inner_due(AssignmentState const& state, StaffAssignment const& assignment,
                          JudgeContext const& context) {
  if (!assignment.to) return answer(RefusalCode::kStaffMissing);
  if (!assignment.inner_due) return {};
  auto const due =
      due_while_running(state, ClockKind::kResolve, context.policy, context.calendar, context.delivered_at);
  if (!due) return {due.error(), false};
  bool const earlier = !*due || *assignment.inner_due < **due;
  return earlier
             ? GuardAnswer{}
             : GuardAnswer{refusal_of(RefusalCode::kInnerDueNotEarlier, "legal limit " + format_moment(**due)), false};
}

GuardAnswer ask_attempts(AssignmentState const& state, JudgeContext const& context) {
  bool const enough = decisive_attempt(state, context.policy, context.calendar).has_value();
  return answer(enough ? kFine : RefusalCode::kAttemptsMissing);
}

RefusalCode grant_fault(bool granted, std::uint32_t days, std::uint32_t asked) {
  if (!granted) return kFine;
  if (days == 0) return RefusalCode::kDaysMissing;
  return days > asked ? RefusalCode::kMoreThanAsked : kFine;
}

/// What a decision must keep to once it names the right application. Shape: the reference holds.
struct DecisionFault {
  AssignmentState const& state;
  Policy const& policy;

  RefusalCode operator()(ExtensionDecision const& decision) const {
    return grant_fault(decision.granted, decision.days, state.pending_extension->days);
  }
  RefusalCode operator()(SpecialDecision const& decision) const {
    return grant_fault(decision.granted, decision.days, state.pending_special->days);
  }
  RefusalCode operator()(ReturnDecision const& decision) const {
    bool const last_round = state.return_rounds >= policy.return_rounds_max;
    return last_round && !decision.final_ruling ? RefusalCode::kRulingMustBeFinal : kFine;
  }
  template <class Other>
  RefusalCode operator()(Other const&) const {
    return kFine;
  }
};

/// A verdict is given once; later words on the act are settlements and adoptions.
RefusalCode verdict_fault(AssignmentState const& state, Position act) {
  if (act.seq == 0) return RefusalCode::kTargetMissing;
  auto const* const record = state.act(act);
  bool const judged = record && record->at == act && record->ruled_by.seq != 0 && record->standing != Standing::kTaken;
  return judged ? RefusalCode::kAlreadyJudged : kFine;
}

struct VerdictFault {
  AssignmentState const& state;
  RefusalCode operator()(RefusalOfAct const& verdict) const { return verdict_fault(state, verdict.act); }
  RefusalCode operator()(Conflict const& verdict) const { return verdict_fault(state, verdict.act); }
  RefusalCode operator()(SetAside const& verdict) const { return verdict_fault(state, verdict.act); }
  template <class Other>
  RefusalCode operator()(Other const&) const {
    return kFine;
  }
};

}  // namespace

GuardAnswer ask_guard(AssignmentState const& state, Skeleton const& entry, Guard guard, JudgeContext const& context) {
  if (auto const fault = reference_fault(state, entry, guard); fault != kFine) return answer(fault);
  switch (guard) {
    case Guard::kForm:
      return answer(std::visit(FormFault{}, entry.payload));
    case Guard::kAttempts:
      return ask_attempts(state, context);
    case Guard::kExtension:
      return ask_extension(state, std::get<ExtensionApplication>(entry.payload), context);
    case Guard::kReturn:
      return ask_return(state, std::get<ReturnApplication>(entry.payload), context);
    case Guard::kPaper:
      return answer(paper_fault(std::get<SpecialApplication>(entry.payload), entry.blobs));
    case Guard::kInnerDue:
      return ask_inner_due(state, std::get<StaffAssignment>(entry.payload), context);
    case Guard::kApplication:
      return answer(std::visit(DecisionFault{state, context.policy}, entry.payload));
    case Guard::kAct:
      return answer(std::visit(VerdictFault{state}, entry.payload));
    case Guard::kResolution:
    case Guard::kNone:
      return {};
  }
  return {};
}

}  // namespace fieldnode::rules

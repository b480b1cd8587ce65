#include "sync/rules/references.h"

#include <algorithm>

namespace fieldnode::rules {

namespace {

template <class Application>
bool is_pending(AssignmentState const& state, std::optional<Application> const& pending, Position named) {
  return pending && names_act(state, named, pending->by.at);
}

bool counts(Standing standing) {
  return standing == Standing::kTaken || standing == Standing::kStands || standing == Standing::kAdopted;
}

RefusalCode withdrawal_fault(AssignmentState const& state, Position named) {
  if (is_pending(state, state.pending_extension, named) || is_pending(state, state.pending_special, named) ||
      is_pending(state, state.pending_return, named)) {
    return RefusalCode::kNone;
  }
  auto const* const record = state.act(named);
  bool const application =
      record && (record->kind == EntryKind::kExtensionApplication || record->kind == EntryKind::kReturnApplication ||
                 record->kind == EntryKind::kSpecialApplication);
  return application && counts(record->standing) ? RefusalCode::kAlreadyRuled : RefusalCode::kNoPendingApplication;
}

/// Q5: until the centre has ruled. Confirming `unreachable` rules on the contacts it rests on and on the resolution.
bool is_ruled_on(AssignmentState const& state, ActRecord const& record) {
  switch (record.kind) {
    case EntryKind::kExtensionApplication:
    case EntryKind::kReturnApplication:
    case EntryKind::kSpecialApplication:
      return withdrawal_fault(state, record.at) != RefusalCode::kNone;
    case EntryKind::kContact:
    case EntryKind::kResolution:
      return state.resolution && state.resolution->confirmed_by.seq != 0;
    default:
      return false;
  }
}

RefusalCode correction_fault(AssignmentState const& state, Correction const& correction) {
  auto const* const record = state.act(correction.act);
  if (!record) return RefusalCode::kUnknownAct;
  if (!counts(record->standing)) return RefusalCode::kNoEffectToCorrect;
  if (correction.outcome && record->kind != EntryKind::kContact) return RefusalCode::kNotCorrectable;
  return is_ruled_on(state, *record) ? RefusalCode::kAlreadyRuled : RefusalCode::kNone;
}

RefusalCode standing_fault(AssignmentState const& state, Position act, Standing needed, RefusalCode otherwise) {
  auto const* const record = state.act(act);
  return record && record->standing == needed ? RefusalCode::kNone : otherwise;
}

/// Which limit an act of that kind can meet.
bool can_meet(EntryKind kind, ClockKind clock) {
  switch (kind) {
    case EntryKind::kAcknowledgement:
      return clock == ClockKind::kAcknowledge;
    case EntryKind::kContact:
      return clock == ClockKind::kContact || clock == ClockKind::kResolve;
    case EntryKind::kReturnApplication:
      return clock == ClockKind::kReturn;
    case EntryKind::kResolution:
      return clock == ClockKind::kResolve;
    default:
      return false;
  }
}

RefusalCode time_ruling_fault(AssignmentState const& state, TimeRuling const& ruling) {
  auto const* const record = state.act(ruling.act);
  if (!record) return RefusalCode::kUnknownAct;
  return counts(record->standing) && can_meet(record->kind, ruling.clock) ? RefusalCode::kNone
                                                                          : RefusalCode::kNoLimitToRule;
}

template <class Application>
RefusalCode pending_fault(AssignmentState const& state, std::optional<Application> const& pending, Position named) {
  return is_pending(state, pending, named) ? RefusalCode::kNone : RefusalCode::kNoPendingApplication;
}

/// One answer for each kind that refers to another entry.
struct Fault {
  AssignmentState const& state;

  RefusalCode operator()(Correction const& entry) const { return correction_fault(state, entry); }
  RefusalCode operator()(Withdrawal const& entry) const { return withdrawal_fault(state, entry.application); }
  RefusalCode operator()(ExtensionDecision const& entry) const {
    return pending_fault(state, state.pending_extension, entry.application);
  }
  RefusalCode operator()(ReturnDecision const& entry) const {
    return pending_fault(state, state.pending_return, entry.application);
  }
  RefusalCode operator()(SpecialDecision const& entry) const {
    return pending_fault(state, state.pending_special, entry.application);
  }
  RefusalCode operator()(UnreachableDecision const& entry) const {
    bool const named = state.resolution && names_act(state, entry.resolution, state.resolution->by.at);
    return named ? RefusalCode::kNone : RefusalCode::kNothingToConfirm;
  }
  RefusalCode operator()(Settlement const& entry) const {
    return standing_fault(state, entry.act, Standing::kConflict, RefusalCode::kNoConflict);
  }
  RefusalCode operator()(Adopt const& entry) const {
    return standing_fault(state, entry.act, Standing::kSetAside, RefusalCode::kNotSetAside);
  }
  RefusalCode operator()(TimeRuling const& entry) const { return time_ruling_fault(state, entry); }
  /// Verdicts on acts are applied by look-up (replay.h); the act may not be held here yet.
  template <class Other>
  RefusalCode operator()(Other const&) const {
    return RefusalCode::kNone;
  }
};

}  // namespace

bool names_act(AssignmentState const& state, Position named, Position at) {
  if (named == at) return true;
  auto const record = std::ranges::find(state.acts, at, &ActRecord::at);
  return record != state.acts.end() && record->origin == named;
}

RefusalCode reference_fault(AssignmentState const& state, Skeleton const& entry, Guard guard) {
  bool const is_reference = guard == Guard::kApplication || guard == Guard::kResolution || guard == Guard::kAct;
  return is_reference ? std::visit(Fault{state}, entry.payload) : RefusalCode::kNone;
}

}  // namespace fieldnode::rules

#include "node/central/decision_trials.h"

#include <algorithm>
#include <array>

#include "sync/rules/judge.h"

namespace fieldnode::central {
namespace {

using rules::AssignmentState;
using rules::EntryKind;

template <class Fact>
Position place_of(std::optional<Fact> const& pending) {
  return pending ? pending->by.at : Position{};
}

Position first_conflict(AssignmentState const& state) {
  auto const open = state.open_conflicts();
  return open.empty() ? Position{} : open.front();
}

Position first_set_aside(AssignmentState const& state) {
  auto const aside = std::ranges::find(state.acts, rules::Standing::kSetAside, &rules::ActRecord::standing);
  return aside == state.acts.end() ? Position{} : aside->at;
}

/// Applications are denied: that needs no days, and a denial is as much a ruling.
rules::Payload extension_trial(AssignmentState const& state) {
  return rules::ExtensionDecision{.application = place_of(state.pending_extension)};
}
rules::Payload return_trial(AssignmentState const& state) {
  return rules::ReturnDecision{.application = place_of(state.pending_return), .granted = false, .final_ruling = true};
}
rules::Payload special_trial(AssignmentState const& state) {
  return rules::SpecialDecision{.application = place_of(state.pending_special)};
}
rules::Payload unreachable_trial(AssignmentState const& state) {
  return rules::UnreachableDecision{.resolution = place_of(state.resolution), .confirmed = true};
}
rules::Payload settlement_trial(AssignmentState const& state) {
  return rules::Settlement{.act = first_conflict(state), .stands = true};
}
/// The act that met the first limit; where none is met there is nothing to rule on.
rules::Payload time_trial(AssignmentState const& state) {
  if (state.acknowledged) return rules::TimeRuling{state.acknowledged->at, rules::ClockKind::kAcknowledge, true};
  auto const* const reached = state.reached();
  return rules::TimeRuling{reached != nullptr ? reached->by.at : Position{}, rules::ClockKind::kContact, true};
}
rules::Payload adopt_trial(AssignmentState const& state) { return rules::Adopt{.act = first_set_aside(state)}; }
rules::Payload supervision_trial(AssignmentState const&) {
  return rules::SupervisionNote{.ground = rules::SupervisionGround::kOther};
}
/// Any id does: the next cycle's is drawn when it is decided.
rules::Payload redo_trial(AssignmentState const& state) { return rules::Redo{.next = state.id}; }
template <class Payload>
rules::Payload plain_trial(AssignmentState const&) {
  return Payload{};
}

struct Trial {
  EntryKind kind;
  rules::Payload (*payload)(AssignmentState const&);
};

constexpr std::array kTrials{
    Trial{EntryKind::kTakeBack, plain_trial<rules::TakeBack>},
    Trial{EntryKind::kExtensionDecision, extension_trial},
    Trial{EntryKind::kReturnDecision, return_trial},
    Trial{EntryKind::kSpecialDecision, special_trial},
    Trial{EntryKind::kUnreachableDecision, unreachable_trial},
    Trial{EntryKind::kSettlement, settlement_trial},
    Trial{EntryKind::kTimeRuling, time_trial},
    Trial{EntryKind::kAdopt, adopt_trial},
    Trial{EntryKind::kCallBack, plain_trial<rules::CallBack>},
    Trial{EntryKind::kSupervisionNote, supervision_trial},
    Trial{EntryKind::kPause, plain_trial<rules::Pause>},
    Trial{EntryKind::kResume, plain_trial<rules::Resume>},
    Trial{EntryKind::kRedo, redo_trial},
    Trial{EntryKind::kClose, plain_trial<rules::Close>},
};

}  // namespace

DecisionPermissions permissions_of(AssignmentState const& state, rules::RuleBook const& book, UtcTime now) {
  DecisionPermissions permissions;
  rules::JudgeContext const context{
      .policy = book.policy, .calendar = book.calendar, .side = rules::Side::kCentre, .now = exactly(now)};
  for (auto const& trial : kTrials) {
    rules::Skeleton decision;
    decision.kind = trial.kind;
    decision.assignment = state.id;
    decision.time = rules::central_time(now);
    decision.payload = trial.payload(state);
    auto const allowed = rules::judge_decision(state, decision, context);
    if (allowed) {
      permissions.allowed.push_back(trial.kind);
    } else {
      permissions.refused.emplace(trial.kind, allowed.error());
    }
  }
  return permissions;
}

bool is_decidable(EntryKind kind) {
  return kind == EntryKind::kRedact || std::ranges::find(kTrials, kind, &Trial::kind) != kTrials.end();
}

}  // namespace fieldnode::central

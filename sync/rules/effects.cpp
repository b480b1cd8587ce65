#include "sync/rules/effects.h"

#include <algorithm>
#include <variant>

#include "sync/rules/references.h"

namespace fieldnode::rules {

namespace {

void void_resolution(AssignmentState& state, Position by) {
  auto* const record = record_at(state, state.resolution->by.at);
  if (record && record->kind == EntryKind::kResolution) {
    record->standing = Standing::kVoid;
    record->ruled_by = by;
  }
  state.resolution.reset();
}

/// D10: a resolution cannot outlive the contact that it stood on.
void drop_groundless_resolution(AssignmentState& state, Position by) {
  if (state.resolution && !state.resolution->claim.unreachable && !state.reached()) void_resolution(state, by);
}

void add_contact(AssignmentState& state, ContactFact fact, bool ruled_in) {
  auto place = state.contacts.end();
  if (ruled_in) {
    place = std::ranges::find_if(
        state.contacts, [&](ContactFact const& other) { return other.by.time.estimate > fact.by.time.estimate; });
  }
  state.contacts.insert(place, fact);
}

void end_assignment(AssignmentState& state, Stage how, Mark const& mark, AssignmentId next = {}) {
  state.ending = Ending{how, mark.at, mark.time.estimate, next};
}

/// Notes at the application's record which decision closed it.
void note_decision(AssignmentState& state, Position application, Position decision) {
  if (auto* const record = record_at(state, application)) record->ruled_by = decision;
}

void decide_time(AssignmentState& state, std::optional<TimeApplication>& pending, GrantedTime decided, bool granted) {
  decided.application = pending->by.at;
  note_decision(state, decided.application, decided.decision);
  pending.reset();
  if (granted) state.granted.push_back(decided);
}

template <class Application>
bool withdraw(AssignmentState& state, std::optional<Application>& pending, Position named) {
  if (!pending || !names_act(state, named, pending->by.at)) return false;
  if (auto* const record = record_at(state, pending->by.at)) record->standing = Standing::kWithdrawn;
  pending.reset();
  return true;
}

/// One function for each payload that changes facts.
struct Effect {
  AssignmentState& state;
  Mark mark;
  bool ruled_in{};

  /// After the end an application asks for nothing any more.
  [[nodiscard]] bool lapsed() const { return state.ending.has_value(); }

  void operator()(Acknowledgement const&) const {
    bool const earlier = ruled_in && state.acknowledged && mark.time.estimate < state.acknowledged->time.estimate;
    if (!state.acknowledged || earlier) state.acknowledged = mark;
  }
  void operator()(Contact const& contact) const {
    add_contact(state, {mark, contact.outcome}, ruled_in);
    if (contact.completes && contact.outcome == ContactOutcome::kReached) (*this)(*contact.completes);
  }
  void operator()(Resolution const& claim) const {
    if (!state.resolution) state.resolution = ResolutionFact{mark, claim, {}};
  }
  void operator()(ExtensionApplication const& application) const {
    if (!lapsed()) state.pending_extension = TimeApplication{mark, application.days};
  }
  void operator()(SpecialApplication const& application) const {
    if (!lapsed()) state.pending_special = TimeApplication{mark, application.days};
  }
  void operator()(ReturnApplication const& application) const {
    if (lapsed()) return;
    state.pending_return = ReturnApplicationFact{mark, application.reason};
    ++state.return_rounds;
  }
  void operator()(Note const&) const { ++state.notes; }
  void operator()(StaffAssignment const& assignment) const {
    state.staff = StaffFact{mark, assignment.to, assignment.inner_due};
  }
  void operator()(Correction const& correction) const {
    if (!correction.outcome) return;
    for (auto& contact : state.contacts) {
      if (names_act(state, correction.act, contact.by.at)) contact.outcome = *correction.outcome;
    }
    drop_groundless_resolution(state, mark.at);
  }
  void operator()(Withdrawal const& withdrawal) const {
    [[maybe_unused]] bool const done = withdraw(state, state.pending_extension, withdrawal.application) ||
                                       withdraw(state, state.pending_special, withdrawal.application) ||
                                       withdraw(state, state.pending_return, withdrawal.application);
  }

  void operator()(Dispatch const& dispatch) const {
    state.dispatched_by = mark.at;
    state.dispatched_at = mark.time.estimate;
    state.dispatch = dispatch;
    state.return_rounds = dispatch.return_rounds;
    state.ruled = dispatch.ruled;
  }
  void operator()(TakeBack const&) const { end_assignment(state, Stage::kTakenBack, mark); }
  void operator()(Close const&) const { end_assignment(state, Stage::kClosed, mark); }
  void operator()(Redo const& redo) const { end_assignment(state, Stage::kRedone, mark, redo.next); }
  void operator()(ExtensionDecision const& decision) const {
    decide_time(state, state.pending_extension, {{}, mark.at, decision.days, false}, decision.granted);
  }
  void operator()(SpecialDecision const& decision) const {
    decide_time(state, state.pending_special, {{}, mark.at, decision.days, true}, decision.granted);
  }
  void operator()(ReturnDecision const& decision) const {
    note_decision(state, state.pending_return->by.at, mark.at);
    if (decision.granted) {
      state.granted_return = state.pending_return;
      end_assignment(state, Stage::kReturned, mark);
    }
    state.ruled = state.ruled || decision.final_ruling;
    state.pending_return.reset();
  }
  void operator()(UnreachableDecision const& decision) const {
    if (decision.confirmed) {
      state.resolution->confirmed_by = mark.at;
    } else {
      void_resolution(state, mark.at);
    }
  }
  void operator()(CallBack const& result) const { state.call_backs.push_back({mark, result}); }
  void operator()(SupervisionNote const& note) const { state.supervision.push_back({mark, note}); }
  void operator()(Pause const&) const { state.pauses.push_back({mark.time.estimate, std::nullopt}); }
  void operator()(Resume const&) const { state.pauses.back().to = mark.time.estimate; }
  void operator()(Redact const& redact) const { state.redacted.push_back({mark.at, redact}); }
  void operator()(CaseUpdate const&) const { ++state.updates; }
  void operator()(TimeRuling const& ruling) const { state.time_rulings.push_back({mark.at, ruling}); }

  template <class Other>
  void operator()(Other const&) const {}
};

Mark mark_of(Placed const& entry) { return {entry.at, entry.skeleton.time}; }

}  // namespace

ActRecord* record_at(AssignmentState& state, Position at) {
  auto const found = std::ranges::find(state.acts, at, &ActRecord::at);
  return found == state.acts.end() ? nullptr : &*found;
}

void apply_effect(AssignmentState& state, Placed const& entry) {
  std::visit(Effect{state, mark_of(entry)}, entry.skeleton.payload);
}

void apply_ruled_in(AssignmentState& state, Placed const& act) {
  std::visit(Effect{state, mark_of(act), true}, act.skeleton.payload);
}

}  // namespace fieldnode::rules

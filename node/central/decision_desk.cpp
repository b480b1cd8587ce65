#include "node/central/decision_desk.h"

#include <fmt/format.h>

#include "node/central/decision_trials.h"
#include "node/central/dispatch.h"
#include "node/central/request_log.h"
#include "node/central/store/salt_keys.h"
#include "sync/rules/judge.h"
#include "sync/rules/refusals.h"
#include "sync/wire/skeleton.h"

namespace fieldnode::central {
namespace {

/// The pending thing, where the operator named none or only its number; else what was named, for the judge to refuse.
template <class Fact>
Position meant(Position named, std::optional<Fact> const& pending) {
  if (named.epoch || !pending) return named;
  return named.seq == 0 || named.seq == pending->by.at.seq ? pending->by.at : named;
}

/// Days asked for are granted where the operator named none.
template <class Ruling>
void complete(Ruling& ruling, std::optional<rules::TimeApplication> const& pending) {
  ruling.application = meant(ruling.application, pending);
  if (ruling.granted && ruling.days == 0 && pending) ruling.days = pending->days;
}

/// What the operator left out, because only one thing can be meant.
rules::Payload completed(rules::Payload payload, rules::AssignmentState const& state) {
  if (auto* extension = std::get_if<rules::ExtensionDecision>(&payload)) complete(*extension, state.pending_extension);
  if (auto* special = std::get_if<rules::SpecialDecision>(&payload)) complete(*special, state.pending_special);
  if (auto* ruled = std::get_if<rules::ReturnDecision>(&payload)) {
    ruled->application = meant(ruled->application, state.pending_return);
  }
  if (auto* claim = std::get_if<rules::UnreachableDecision>(&payload)) {
    claim->resolution = meant(claim->resolution, state.resolution);
  }
  return payload;
}

Hash content_of(StaffId who, AssignmentId id, DecisionForm const& form) {
  auto const fields =
      wire::skeleton_bytes({.kind = form.kind, .assignment = id, .staff = who, .payload = form.payload});
  return RequestContent("decide").add(text_of(fields)).add(form.reason).finish();
}

wire::Body words_of(std::string const& reason) {
  wire::Body body;
  if (!reason.empty()) body.texts.push_back({wire::TextTag::kReason, reason});
  return body;
}

}  // namespace

Result<Decided> DecisionDesk::decide(StaffId who, std::string_view request_id, AssignmentId id,
                                     DecisionForm const& form, UtcTime now) {
  if (!is_decidable(form.kind)) return rules::refusal_of(rules::RefusalCode::kNotADecision);
  auto const row = store_.find_assignment(id);
  if (!row) return rules::refusal_of(rules::RefusalCode::kUnknownAssignment);
  auto const content = content_of(who, id, form);
  Decided outcome{.assignment = id, .unit = row->unit, .entry = {}, .next = {}};
  auto const done = store_.with_unit(row->unit, [&](UnitWork& work) -> Result<void> {
    auto const earlier = earlier_request(work.cases(), request_id, content);
    if (!earlier) return earlier.error();
    if (*earlier) {
      outcome.entry = (*earlier)->entry;
      outcome.next = (*earlier)->assignment == id ? AssignmentId{} : (*earlier)->assignment;
      return {};
    }
    if (auto const decided = decide_within(work, who, form, now, outcome); !decided) return decided.error();
    work.cases().keep_request({.id = std::string(request_id),
                               .content = content,
                               .case_id = row->case_id,
                               .assignment = outcome.next ? outcome.next : id,
                               .entry = outcome.entry,
                               .at = now});
    return {};
  });
  if (!done) return done.error();
  return outcome;
}

/// The keys of what is redacted go, and the contact that brought them: what comes later needs new ones.
Result<void> DecisionDesk::complete_redact(UnitWork& work, rules::AssignmentState const& state, FeedDraft& draft) {
  auto const& redact = std::get<rules::Redact>(draft.payload);
  auto const* const act = redact.in_journal ? state.act(redact.target) : nullptr;
  if (act == nullptr || act->at != redact.target) return rules::refusal_of(rules::RefusalCode::kTargetMissing);
  draft.contact = {.fields = work.cases().contact_of(state.dispatch.case_id), .keys = draw_salt_keys(random_)};
  return {};
}

Result<void> DecisionDesk::decide_within(UnitWork& work, StaffId who, DecisionForm const& form, UtcTime now,
                                         Decided& outcome) {
  auto const state = work.assignment(outcome.assignment);
  if (!state) return rules::refusal_of(rules::RefusalCode::kUnknownAssignment);
  FeedDraft draft{.kind = form.kind,
                  .assignment = outcome.assignment,
                  .payload = completed(form.payload, *state),
                  .staff = who,
                  .at = now,
                  .body = words_of(form.reason),
                  .contact = {}};
  if (auto* redo = std::get_if<rules::Redo>(&draft.payload)) {
    redo->next = outcome.next = work.cases().next_assignment();
  }
  if (form.kind == rules::EntryKind::kRedact) {
    if (auto const completed = complete_redact(work, *state, draft); !completed) return completed;
  }
  auto const book = work.rules()->current();
  rules::JudgeContext const context{
      .policy = book->policy, .calendar = book->calendar, .side = rules::Side::kCentre, .now = exactly(now)};
  auto const allowed = rules::judge_decision(*state, work.draft_skeleton(draft), context);
  if (!allowed) return allowed.error();
  auto const appended = work.append(std::move(draft));
  if (!appended) return appended.error();
  outcome.entry = *appended;
  if (!outcome.next) return {};
  return dispatch_next(work, who, *state, now, outcome.next);
}

Result<void> DecisionDesk::dispatch_next(UnitWork& work, StaffId who, rules::AssignmentState const& state, UtcTime now,
                                         AssignmentId next) {
  auto const record = work.cases().find(state.dispatch.case_id);
  if (!record) throw BrokenWorld(fmt::format("assignment {} is of a case that is not there", state.id.value));
  DispatchOrder const order{.id = next,
                            .record = *record,
                            .contact = work.cases().contact_of(record->id),
                            .limits = record->limits,
                            .cycle = state.dispatch.cycle + 1,
                            .return_rounds = state.return_rounds,
                            .ruled = state.ruled,
                            .staff = who,
                            .at = now};
  auto const appended = append_dispatch(work, order, random_);
  if (!appended) return appended.error();
  return {};
}

}  // namespace fieldnode::central

#include "node/central/veto_desk.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

#include "node/central/request_log.h"
#include "sync/rules/assessment.h"

namespace fieldnode::central {
namespace {

using rules::EntryKind;
using wire::ListKind;
using wire::TextTag;

/// What is asked, and under which id.
struct Asked {
  std::string_view request_id;
  Hash content{};
  UtcTime now{};
};

/// Does it once: what the task appends is the answer's entry.
template <class Task>
Result<void> once(CentralStore& store, UnitId unit, Asked const& asked, Task const& task) {
  return store.with_unit(unit, [&](UnitWork& work) -> Result<void> {
    auto const earlier = earlier_request(work.cases(), asked.request_id, asked.content);
    if (!earlier) return earlier.error();
    if (*earlier) return {};
    Result<Position> const done = task(work);
    if (!done) return done.error();
    work.cases().keep_request(
        {.id = std::string(asked.request_id), .content = asked.content, .entry = *done, .at = asked.now});
    return {};
  });
}

wire::Body reason_of(std::string const& reason) { return {.texts = {{TextTag::kReason, reason}}, .blobs = {}}; }

std::uint64_t number_of(UtcTime time) { return static_cast<std::uint64_t>(ms_of(time)); }

/// The veto at that place with what followed it; nothing if there is none.
std::optional<rules::VetoFact> veto_at(UnitWork& work, Position at) {
  std::optional<rules::VetoFact> veto;
  for (auto const& entry : work.unit_entries(ListKind::kFeed, EntryKind::kVeto)) {
    if (entry.at == at) veto = rules::VetoFact{at, {}, {}, std::get<rules::Veto>(entry.skeleton.payload), {}, {}};
  }
  if (!veto) return veto;
  for (auto const& entry : work.unit_entries(ListKind::kFeed, EntryKind::kVetoStep)) {
    auto const& step = std::get<rules::VetoStep>(entry.skeleton.payload);
    if (step.veto == at) veto->steps.push_back({entry.at, {}, step.move});
  }
  for (auto const& act : work.unit_entries(ListKind::kJournal, EntryKind::kVetoContest)) {
    if (std::get<rules::VetoContest>(act.skeleton.payload).veto == at) veto->contests.push_back({act.at, {}});
  }
  return veto;
}

Result<void> require_note(UnitWork& work, Position cause) {
  auto const skeleton = work.feed_skeleton(cause);
  if (skeleton && skeleton->kind == EntryKind::kSupervisionNote) return {};
  return refuse("no_such_note", "A veto rests on a supervision note of this unit; choose one of the list.");
}

Result<void> require_unvetoed(UnitWork& work, VetoDraft const& draft) {
  for (auto const& entry : work.unit_entries(ListKind::kFeed, EntryKind::kVeto)) {
    auto const& veto = std::get<rules::Veto>(entry.skeleton.payload);
    if (veto.cause != draft.cause || veto.period != draft.period) continue;
    if (rules::state_of(*veto_at(work, entry.at)) == rules::VetoState::kWithdrawn) continue;
    return refuse("already_vetoed", "A veto on this note stands for this period already.");
  }
  return {};
}

FeedDraft veto_of(VetoProposal const& proposal, StaffId second, UtcTime now) {
  return {.kind = EntryKind::kVeto,
          .payload = rules::Veto{proposal.period, proposal.cause, second},
          .staff = proposal.staff,
          .at = now,
          .body = reason_of(proposal.reason),
          .contact = {}};
}

wire::Body words_of(VetoStepForm const& form) {
  wire::Body body;
  if (!form.text.empty()) body.texts.push_back({TextTag::kReason, form.text});
  if (!form.number.empty()) body.texts.push_back({TextTag::kDocumentNumber, form.number});
  if (form.date.empty() && form.evidence.empty()) return body;
  boost::json::object facts{{"date", form.date}, {"evidence", form.evidence}};
  body.texts.push_back({TextTag::kSource, boost::json::serialize(facts)});
  return body;
}

Result<void> require_step(rules::VetoFact const& veto, rules::VetoMove move) {
  using rules::VetoMove;
  auto const state = rules::state_of(veto);
  if (state == rules::VetoState::kWithdrawn) {
    return refuse("veto_withdrawn", "This veto was withdrawn; nothing follows it any more.");
  }
  bool const referred =
      std::ranges::find(veto.steps, VetoMove::kReferred, &rules::VetoStepFact::move) != veto.steps.end();
  if (move == VetoMove::kOutcome && !referred) {
    return refuse("no_referral",
                  "The bureau has no outcome before the veto was referred to it; enter the referral first.");
  }
  if (move == VetoMove::kRejected && state != rules::VetoState::kContested) {
    return refuse("no_contest", "The unit contests nothing here that is not answered.");
  }
  return {};
}

}  // namespace

Result<void> VetoDesk::note(StaffId who, std::string_view request_id, UnitId unit, rules::SupervisionGround ground,
                            std::string const& text, UtcTime now) {
  RequestContent content("note_on_unit");
  content.add(who.value).add(unit.value).add(static_cast<std::uint64_t>(ground)).add(text);
  return once(store_, unit, {request_id, content.finish(), now}, [&](UnitWork& work) -> Result<Position> {
    return work.append({.kind = EntryKind::kSupervisionNote,
                        .payload = rules::SupervisionNote{ground, false},
                        .staff = who,
                        .at = now,
                        .body = reason_of(text),
                        .contact = {}});
  });
}

Result<void> VetoDesk::propose(StaffId who, std::string_view request_id, VetoDraft const& draft, UtcTime now) {
  RequestContent content("propose_veto");
  content.add(who.value).add(draft.unit.value).add(draft.cause.epoch.value).add(draft.cause.seq).add(draft.reason);
  content.add(number_of(draft.period.from)).add(number_of(draft.period.until));
  return once(store_, draft.unit, {request_id, content.finish(), now}, [&](UnitWork& work) -> Result<Position> {
    if (auto const known = require_note(work, draft.cause); !known) return known.error();
    if (auto const free = require_unvetoed(work, draft); !free) return free.error();
    if (work.vetoes().pending(draft.unit, draft.cause, draft.period)) {
      return refuse("veto_pending", "A veto on this note was proposed already; a second person must rule on it.");
    }
    (void)work.vetoes().add({.unit = draft.unit,
                             .period = draft.period,
                             .cause = draft.cause,
                             .reason = draft.reason,
                             .staff = who,
                             .at = now});
    return Position{};
  });
}

Result<void> VetoDesk::rule(StaffId who, std::string_view request_id, std::uint64_t proposal_id, bool confirmed,
                            UtcTime now) {
  auto const unit = store_.unit_of_proposal(proposal_id);
  if (!unit) return refuse("no_such_proposal", "There is no such proposal; reload the page.");
  RequestContent content("rule_veto");
  content.add(who.value).add(proposal_id).add(confirmed ? 1 : 0);
  return once(store_, *unit, {request_id, content.finish(), now}, [&](UnitWork& work) -> Result<Position> {
    auto proposal = work.vetoes().find(proposal_id).value();
    if (proposal.standing != VetoStanding::kPending) {
      return refuse("proposal_settled", "Somebody has ruled on this proposal already; reload the page.");
    }
    if (proposal.staff == who) {
      return refuse("proposed_by_same_person", "Whoever proposed it cannot rule on it; ask a second person.");
    }
    proposal.standing = confirmed ? VetoStanding::kConfirmed : VetoStanding::kDenied;
    proposal.ruled_by = who;
    proposal.ruled_at = now;
    if (confirmed) {
      auto const appended = work.append(veto_of(proposal, who, now));
      if (!appended) return appended.error();
      proposal.entry = *appended;
    }
    work.vetoes().rule(proposal);
    return proposal.entry;
  });
}

Result<void> VetoDesk::step(StaffId who, std::string_view request_id, UnitId unit, VetoStepForm const& form,
                            UtcTime now) {
  RequestContent content("veto_step");
  content.add(who.value).add(unit.value).add(form.veto.epoch.value).add(form.veto.seq);
  content.add(static_cast<std::uint64_t>(form.move)).add(form.number).add(form.date).add(form.evidence).add(form.text);
  return once(store_, unit, {request_id, content.finish(), now}, [&](UnitWork& work) -> Result<Position> {
    auto const veto = veto_at(work, form.veto);
    if (!veto) return refuse("unknown_veto", "This unit has no such veto; reload the page.");
    if (auto const fit = require_step(*veto, form.move); !fit) return fit.error();
    return work.append({.kind = EntryKind::kVetoStep,
                        .payload = rules::VetoStep{form.veto, form.move},
                        .staff = who,
                        .at = now,
                        .body = words_of(form),
                        .contact = {}});
  });
}

}  // namespace fieldnode::central

#include "node/central/aside_desk.h"

#include <fmt/format.h>

#include "sync/base/check.h"
#include "sync/rules/adoption.h"
#include "sync/rules/refusals.h"

namespace fieldnode::central {
namespace {

Refusal no_such_aside_act(std::uint64_t number) {
  return refuse("no_such_aside_act",
                fmt::format("No act that is kept aside has the number {}; `aside list` shows them.", number));
}

/// The act belongs to a journal that came to its end: whatever the unit's live journal holds is judged as it comes.
Result<void> require_replaced(UnitWork& work, AsideAct const& aside) {
  auto const heads = work.heads();
  if (!heads.revoked && heads.node && heads.node != aside.node) return {};
  return refuse(
      "no_replacement",
      "No other node of this unit is in service that could get the act: enrol and confirm its new node first.");
}

/// By the rules of now. Of its moment nothing is proven but that the centre had it.
Result<void> judge(UnitWork& work, AsideAct const& aside, UtcTime now) {
  auto const& act = aside.act;
  if (!act.skeleton.assignment) return rules::refusal_of(rules::RefusalCode::kNotOnAssignment);
  auto const state = work.assignment(act.skeleton.assignment);
  if (!state || state->dispatched_by.seq == 0) return rules::refusal_of(rules::RefusalCode::kUnknownAssignment);
  auto const shelf = work.rules();
  auto const& book = *shelf->current();
  return rules::judge_adoption(*state, {act.at, act.skeleton},
                               {.policy = book.policy,
                                .calendar = book.calendar,
                                .side = rules::Side::kCentre,
                                .now = {UtcTime{}, aside.received_at.value_or(now)},
                                .feeds = &shelf->feeds()});
}

/// The entry says what the act said: its skeleton whole, its words and files as the entry's own. Keys are the
/// assignment's.
Result<FeedDraft> draft_of(AsideAct const& aside, StaffId who, UtcTime now) {
  auto const& act = aside.act;
  FeedDraft draft{.kind = rules::EntryKind::kAdopt,
                  .assignment = act.skeleton.assignment,
                  .payload = rules::Adopt{act.at, act.entry.skeleton, aside.received_at},
                  .staff = who,
                  .at = now,
                  .body = {},
                  .contact = {}};
  if (act.entry.body.form != wire::PartForm::kEmpty) {
    auto body = wire::decode_body(act.entry.body.bytes);
    if (!body) return body.error();
    draft.body = *std::move(body);
  }
  if (act.entry.contact.form != wire::PartForm::kEmpty) {
    auto contact = wire::decode_contact(act.entry.contact.bytes);
    if (!contact) return contact.error();
    draft.contact.fields = std::move(contact->fields);
  }
  return draft;
}

}  // namespace

Result<AsidePage> AsideDesk::list(std::string_view unit_code, std::uint64_t after, std::size_t most) {
  auto const unit = store_.find_unit(unit_code);
  if (!unit) return refuse("unknown_unit", fmt::format("There is no unit {}; `unit list` shows them all.", unit_code));
  return store_.aside(unit->id, after, most);
}

Result<AsideAct> AsideDesk::find(std::uint64_t number) {
  auto act = store_.find_aside(number);
  if (!act) return no_such_aside_act(number);
  return *std::move(act);
}

Result<AsideAct> AsideDesk::adopt(StaffId who, std::uint64_t number, std::string_view why, UtcTime now) {
  auto const known = find(number);
  if (!known) return known.error();
  auto aside = *known;
  auto const done = store_.with_unit(aside.unit, [&](UnitWork& work) -> Result<void> {
    auto found = work.aside().find(number);
    check(found.has_value(), "an act that is kept aside does not vanish");
    aside = *std::move(found);
    auto adoption = adopt_within(work, who, aside, now);
    if (!adoption) return adoption.error();
    adoption->why = why;
    work.aside().note_adopted(number, *adoption);
    aside.adopted = *std::move(adoption);
    return {};
  });
  if (!done) return done.error();
  return aside;
}

Result<Adoption> AsideDesk::adopt_within(UnitWork& work, StaffId who, AsideAct const& aside, UtcTime now) {
  if (auto const replaced = require_replaced(work, aside); !replaced) return replaced.error();
  if (auto const allowed = judge(work, aside, now); !allowed) return allowed.error();
  auto draft = draft_of(aside, who, now);
  if (!draft) return draft.error();
  auto const appended = work.append(*std::move(draft));
  if (!appended) return appended.error();
  // The fold of the entry as it stands in the feed has the last word, as at the office; else all is undone.
  auto const state = work.assignment(aside.act.skeleton.assignment);
  auto const* const record = state ? state->act(aside.act.at) : nullptr;
  if (record == nullptr || record->standing != rules::Standing::kAdopted) {
    return rules::refusal_of(rules::RefusalCode::kNotSetAside);
  }
  return Adoption{*appended, who, now, {}};
}

}  // namespace fieldnode::central

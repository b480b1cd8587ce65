#include "node/central/assignment_views.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "node/central/case_views.h"
#include "node/central/permissions_view.h"
#include "node/central/unit_views.h"
#include "node/lists/carried_entry.h"
#include "node/lists/readable.h"
#include "node/web/views.h"
#include "node/web/words_json.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

object item(lists::StoredEntry const& stored, rules::ActRecord const* record, StaffNames const& names) {
  return web::item_view(stored.at, stored.skeleton, body_of(stored), record,
                        {.staff_name = name_of(stored.skeleton.staff, names), .truth = {}, .receipt = {}});
}

object act_item(AssignmentDossier const& dossier, lists::StoredEntry const& act) {
  return item(act, dossier.state.act(act.at), dossier.staff);
}

/// What an entry carries is an act, and shown as one; the entry itself then says no more than that it rules it in.
void push_entry(array& timeline, AssignmentDossier const& dossier, lists::StoredEntry const& entry,
                StaffNames const& staff) {
  auto const carried = lists::carried_entry(entry);
  auto ruling = entry;
  if (carried) ruling.entry.body = {};
  timeline.push_back(item(ruling, nullptr, staff));
  if (carried) timeline.push_back(act_item(dossier, *carried));
}

/// Acts stand before the first entry whose basis covers them. The dossier's acts come in the order of the journals, so
/// within one epoch the numbers say it; an entry that names an act's epoch covers all epochs before it.
array timeline_of(AssignmentDossier const& dossier, StaffNames const& staff) {
  array timeline;
  auto act = dossier.acts.begin();
  auto const covered = [&](Position basis) {
    if (act->at.epoch == basis.epoch) return act->at.seq <= basis.seq;
    return std::any_of(act, dossier.acts.end(), [&](auto const& later) { return later.at.epoch == basis.epoch; });
  };
  for (auto const& entry : dossier.feed) {
    for (; act != dossier.acts.end() && covered(entry.skeleton.basis); ++act)
      timeline.push_back(act_item(dossier, *act));
    push_entry(timeline, dossier, entry, staff);
  }
  for (; act != dossier.acts.end(); ++act) timeline.push_back(act_item(dossier, *act));
  return timeline;
}

/// The act that stands there, or that was appended anew from there.
value act_at(AssignmentDossier const& dossier, Position at) {
  auto const act = std::ranges::find_if(
      dossier.acts, [&](lists::StoredEntry const& stored) { return stored.at == at || stored.skeleton.origin == at; });
  if (act != dossier.acts.end()) return act_item(dossier, *act);
  for (auto const& entry : dossier.feed) {
    auto const carried = lists::carried_entry(entry);
    if (carried && carried->at == at) return act_item(dossier, *carried);
  }
  return nullptr;
}

/// What an operator has to decide, each with the place to name in the decision and what the act says.
array waiting_of(AssignmentDossier const& dossier) {
  array waiting;
  auto const& state = dossier.state;
  auto const add = [&](std::string_view what, Position at) {
    waiting.push_back(object{{"kind", what}, {"act", web::position_view(at)}, {"item", act_at(dossier, at)}});
  };
  bool const runs = !rules::is_end(state.stage());  // an end leaves nothing to rule on but conflicts
  if (runs && state.pending_extension) add("extension_application", state.pending_extension->by.at);
  if (runs && state.pending_special) add("special_application", state.pending_special->by.at);
  if (runs && state.pending_return) add("return_application", state.pending_return->by.at);
  if (state.stage() == rules::Stage::kUnconfirmed) add("unreachable", state.resolution->by.at);
  for (auto const at : state.open_conflicts()) add("conflict", at);
  for (auto const& verdict : dossier.verdicts) {
    if (verdict.verdict != rules::Verdict::kUndetermined || verdict.ruled) continue;
    add("time", verdict.act->at);
    waiting.back().as_object()["clock"] = web::word_of(verdict.kind);
  }
  return waiting;
}

object case_of(CaseRecord const& record) {
  return {{"id", std::to_string(record.id.value)},
          {"number", record.number},
          {"title", record.title},
          {"place", record.place},
          {"category", web::word_of(record.category)},
          {"kind", web::word_of(record.kind)},
          {"urgent", record.urgent}};
}

}  // namespace

object dossier_view(AssignmentDossier const& dossier, DecisionPermissions const& permissions,
                    ViewContext const& context) {
  auto view = assignment_row_view({dossier.row, dossier.unit});
  auto of_case = case_of(dossier.record);
  of_case["text"] = dossier.record.text;
  // What the unit was told: a category may be confidential by the policy.
  of_case["confidential"] = dossier.state.dispatch.confidential;
  view["case"] = std::move(of_case);
  view["clocks"] = web::clock_views(dossier.state, context.book, exactly(context.now), dossier.verdicts);
  view["waiting"] = waiting_of(dossier);
  view["timeline"] = timeline_of(dossier, context.staff);
  add_permissions(view, permissions, [](rules::EntryKind kind) { return web::word_of(kind); });
  return view;
}

object awaiting_view(AssignmentDossier const& dossier, ViewContext const& context) {
  return {{"assignment", std::to_string(dossier.row.id.value)},
          {"case", case_of(dossier.record)},
          {"unit", unit_view(dossier.unit)},
          {"stage", web::word_of(dossier.row.stage)},
          {"dispatched_at", web::moment(dossier.row.dispatched_at)},
          {"due", web::pressing_due_view(dossier.state, context.book, exactly(context.now))},
          {"waiting", waiting_of(dossier)}};
}

}  // namespace fieldnode::central

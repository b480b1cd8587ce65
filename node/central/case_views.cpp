#include "node/central/case_views.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "node/web/views.h"
#include "node/web/words_json.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

std::string_view word_of(CaseState state) {
  switch (state) {
    case CaseState::kNew:
      return "new";
    case CaseState::kDispatched:
      return "dispatched";
    case CaseState::kClosed:
      return "closed";
  }
  return "";
}

value moment_or_null(std::optional<UtcTime> t) { return t ? value(web::moment(*t)) : value(nullptr); }

object source_view(CaseSource const& source) {
  boost::system::error_code error;
  auto facts = boost::json::parse(source.facts, error);
  return {{"system", source.system},
          {"external_id", source.external_id},
          {"opened_at", web::moment(source.opened_at)},
          {"closed_at", moment_or_null(source.closed_at)},
          {"target_at", moment_or_null(source.target_at)},
          {"history", source.is_history},
          {"facts", error ? value(object{}) : facts}};
}

wire::Body body_of(lists::StoredEntry const& stored) {
  auto const form = stored.entry.body.form;
  if (form == wire::PartForm::kEmpty || form == wire::PartForm::kErased) return {};
  auto body = wire::decode_body(stored.entry.body.bytes);
  if (!body) throw BrokenWorld("a stored body does not decode: " + body.error().sentence);
  return std::move(*body);
}

object item(lists::StoredEntry const& stored, rules::ActRecord const* record) {
  return web::item_view(stored.at, stored.skeleton, body_of(stored), record, {});
}

/// Acts stand before the first entry whose basis covers them. The dossier's acts come in the order of the journals, so
/// within one epoch the numbers say it; an entry that names an act's epoch covers all epochs before it.
array timeline_of(AssignmentDossier const& dossier) {
  array timeline;
  auto act = dossier.acts.begin();
  auto const covered = [&](Position basis) {
    if (act->at.epoch == basis.epoch) return act->at.seq <= basis.seq;
    return std::any_of(act, dossier.acts.end(), [&](auto const& later) { return later.at.epoch == basis.epoch; });
  };
  for (auto const& entry : dossier.feed) {
    for (; act != dossier.acts.end() && covered(entry.skeleton.basis); ++act) {
      timeline.push_back(item(*act, dossier.state.act(act->at)));
    }
    timeline.push_back(item(entry, nullptr));
  }
  for (; act != dossier.acts.end(); ++act) timeline.push_back(item(*act, dossier.state.act(act->at)));
  return timeline;
}

/// What an operator has to decide, each with the place to name in the decision.
array waiting_of(rules::AssignmentState const& state) {
  array waiting;
  auto const add = [&](std::string_view what, Position at) {
    waiting.push_back(object{{"kind", what}, {"act", web::position_view(at)}});
  };
  if (state.pending_extension) add("extension_application", state.pending_extension->by.at);
  if (state.pending_special) add("special_application", state.pending_special->by.at);
  if (state.pending_return) add("return_application", state.pending_return->by.at);
  if (state.stage() == rules::Stage::kUnconfirmed) add("unreachable", state.resolution->by.at);
  for (auto const at : state.open_conflicts()) add("conflict", at);
  return waiting;
}

}  // namespace

object case_view(CaseRecord const& record, CaseContact const* contact) {
  object view{{"id", std::to_string(record.id.value)},
              {"number", record.number},
              {"title", record.title},
              {"text", record.text},
              {"place", record.place},
              {"category", web::word_of(record.category)},
              {"kind", web::word_of(record.kind)},
              {"urgent", record.urgent},
              {"confidential", record.confidential},
              {"created_at", web::moment(record.created_at)},
              {"state", word_of(record.state)},
              {"source", record.source ? value(source_view(*record.source)) : value(nullptr)}};
  if (contact != nullptr) view["contact"] = web::masked_contact({*contact, {}});
  return view;
}

object assignment_row_view(AssignmentRow const& row) {
  return {{"id", std::to_string(row.id.value)},
          {"unit", std::to_string(row.unit.value)},
          {"case", std::to_string(row.case_id.value)},
          {"cycle", row.cycle},
          {"stage", web::word_of(row.stage)},
          {"dispatched_at", web::moment(row.dispatched_at)},
          {"awaits", row.awaits}};
}

object dossier_view(AssignmentDossier const& dossier, rules::RuleBook const& book, UtcTime now) {
  auto view = assignment_row_view(dossier.row);
  view["unit"] =
      object{{"id", std::to_string(dossier.unit.id.value)}, {"code", dossier.unit.code}, {"name", dossier.unit.name}};
  view["clocks"] = web::clock_views(dossier.state, book, exactly(now));
  view["waiting"] = waiting_of(dossier.state);
  view["timeline"] = timeline_of(dossier);
  return view;
}

object unit_overview_view(UnitOverview const& overview) {
  object view{{"id", std::to_string(overview.unit.id.value)},
              {"code", overview.unit.code},
              {"name", overview.unit.name},
              {"assignments", overview.assignments},
              {"node", object{{"state", "none"}, {"last_exchange_at", nullptr}, {"undelivered", 0}}}};
  if (!overview.node) return view;
  auto const& node = *overview.node;
  view["node"] = object{{"id", std::to_string(node.id.value)},
                        {"state", node.revoked_at ? "revoked" : "enrolled"},
                        {"enrolled_at", web::moment(node.enrolled_at)},
                        {"last_exchange_at", moment_or_null(node.news.last_exchange_at)},
                        {"program", node.news.status.program},
                        {"undelivered", node.news.status.undelivered},
                        {"disk_free_bytes", node.news.status.disk_free_bytes}};
  return view;
}

}  // namespace fieldnode::central

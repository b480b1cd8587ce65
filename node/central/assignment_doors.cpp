#include "node/central/assignment_doors.h"

#include <boost/json/array.hpp>

#include "node/central/assignment_views.h"
#include "node/central/case_views.h"
#include "node/central/decision_form.h"
#include "node/central/intake_form.h"
#include "node/central/page_query.h"
#include "node/central/permissions_view.h"
#include "node/web/answers.h"
#include "node/web/views.h"
#include "sync/base/check.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

/// B4: the word that ends all returns of a case is a supervisor's. So is a redact (N5): nothing brings the words back.
Result<void> require_rank(DecisionForm const& form, web::Visitor const& who) {
  auto const* const ruled = std::get_if<rules::ReturnDecision>(&form.payload);
  bool const is_final = ruled != nullptr && ruled->final_ruling;
  bool const is_redact = form.kind == rules::EntryKind::kRedact;
  if ((!is_final && !is_redact) || who.role == rules::StaffRole::kSupervisor) return {};
  return refuse("supervisor_rules",
                "A final ruling on returns, and a redact, are a supervisor's; ask one to sign in and rule.");
}

}  // namespace

void AssignmentDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  web::Roles const operators{rules::StaffRole::kOperator, rules::StaffRole::kSupervisor};
  auto const reading = [&](auto door) {
    return gatekeeper.guard([this, door](auto const& request, auto const&) { return (this->*door)(request); });
  };
  auto const changing = [&](auto door) {
    return gatekeeper.guard([this, door](auto const& request, auto const& who) { return (this->*door)(request, who); },
                            operators);
  };
  router.post("/api/cases/{id}/dispatch", changing(&AssignmentDoors::dispatch));
  router.get("/api/awaiting", reading(&AssignmentDoors::awaiting));
  router.get("/api/assignments", reading(&AssignmentDoors::list));
  router.get("/api/assignments/{id}",
             gatekeeper.guard([this](auto const& request, auto const& who) { return one(request, who); }));
  router.post("/api/assignments/{id}/decisions", changing(&AssignmentDoors::decide));
}

net::HttpResponse AssignmentDoors::dispatch(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("case"));
  auto const form = read_dispatch(request.body);
  if (!form) return web::refusal_answer(form.error());
  auto const done =
      centre_.dispatches().dispatch(who.id, form->request_id, CaseId{*id}, form->unit, form->limits, now());
  if (!done) return web::refusal_answer(done.error());
  return show(201, done->assignment, who);
}

net::HttpResponse AssignmentDoors::list(Request const& request) {
  auto const query = read_page_query(request);
  if (!query) return web::refusal_answer(query.error());
  auto const unit = centre_.store().find_unit(request.query_value("unit").value_or(""));
  if (!unit) return web::refusal_answer(bad_parameter("unit", "must be the code of a unit"));
  auto const rows = centre_.store().assignments_of_unit(unit->id, AssignmentId{query->after}, query->limit);
  array items;
  for (auto const& row : rows) items.push_back(assignment_row_view({row, *unit}));
  auto const next = rows.size() == query->limit ? value(std::to_string(rows.back().id.value)) : value(nullptr);
  return web::json_answer(200, object{{"items", std::move(items)}, {"next", next}});
}

net::HttpResponse AssignmentDoors::awaiting(Request const& request) {
  auto const query = read_page_query(request);
  if (!query) return web::refusal_answer(query.error());
  auto const page = centre_.store().awaiting(AssignmentId{query->after}, query->limit);
  auto const staff = centre_.staff_names();
  auto const at = now();
  array items;
  for (auto const& dossier : page.dossiers) {
    items.push_back(awaiting_view(dossier, {*dossier.rules->book_for(dossier.state), staff, at}));
  }
  return web::json_answer(200, object{{"now", web::time_view(rules::central_time(at))},
                                      {"items", std::move(items)},
                                      {"next", page.next ? value(std::to_string(page.next.value)) : value(nullptr)},
                                      {"total", page.total}});
}

net::HttpResponse AssignmentDoors::one(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  return id ? show(200, AssignmentId{*id}, who) : web::refusal_answer(not_found("assignment"));
}

net::HttpResponse AssignmentDoors::decide(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("assignment"));
  auto const decision = read_decision(request.body);
  if (!decision) return web::refusal_answer(decision.error());
  if (auto const ranks = require_rank(decision->form, who); !ranks) return web::refusal_answer(ranks.error());
  auto const decided =
      centre_.decisions().decide(who.id, decision->request_id, AssignmentId{*id}, decision->form, now());
  if (!decided) return web::refusal_answer(decided.error());
  auto const dossier = centre_.store().dossier(AssignmentId{*id});
  check(dossier.has_value(), "a decision was appended to an assignment that is not held");
  return web::json_answer(
      201, object{{"entry", web::position_view(decided->entry)}, {"assignment", view_of(*dossier, who)}});
}

object AssignmentDoors::view_of(AssignmentDossier const& dossier, web::Visitor const& who) {
  auto const at = now();
  auto const permissions = for_role(permissions_of(dossier.state, *dossier.rules->current(), at), who.role);
  return dossier_view(dossier, permissions, {*dossier.rules->book_for(dossier.state), centre_.staff_names(), at});
}

net::HttpResponse AssignmentDoors::show(int status, AssignmentId id, web::Visitor const& who) {
  auto const dossier = centre_.store().dossier(id);
  if (!dossier) return web::refusal_answer(not_found("assignment"));
  return web::json_answer(status, object{{"assignment", view_of(*dossier, who)}});
}

}  // namespace fieldnode::central

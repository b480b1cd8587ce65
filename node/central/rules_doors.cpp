#include "node/central/rules_doors.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "node/central/page_query.h"
#include "node/central/rules_form.h"
#include "node/central/rules_views.h"
#include "node/central/unit_views.h"
#include "node/web/answers.h"
#include "node/web/json_form.h"
#include "node/web/rule_views.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;

constexpr std::size_t kRuleMaxBytes = 128 * 1024;

Result<bool> read_ruling(std::string_view body) {
  auto form = web::JsonForm::parse(body);
  if (!form) return form.error();
  if (!form->has("confirmed")) form->fault("confirmed", "must say true or false");
  bool const confirmed = form->truth("confirmed", false);
  if (auto const whole = form->finish(); !whole) return whole.error();
  return confirmed;
}

}  // namespace

void RulesDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  web::Roles const operators{rules::StaffRole::kOperator, rules::StaffRole::kSupervisor};
  net::RouteOptions const room{.body_max_bytes = kRuleMaxBytes};
  auto const changing = [&](auto door) {
    return gatekeeper.guard([this, door](auto const& request, auto const& who) { return (this->*door)(request, who); },
                            operators);
  };
  router.get("/api/rules", gatekeeper.guard([this](auto const&, auto const&) { return list(); }));
  router.post("/api/rules", changing(&RulesDoors::publish), room);
  router.post("/api/rules/preview",
              gatekeeper.guard([this](auto const& request, auto const&) { return preview(request); }, operators), room);
  router.post("/api/rules/proposals/{id}/ruling", changing(&RulesDoors::rule));
}

net::HttpResponse RulesDoors::list() {
  auto& store = centre_.store();
  auto const staff = centre_.staff_names();
  array published;
  for (auto const& record : store.published_rules()) published.push_back(publication_view(record, staff));
  array proposals;
  for (auto const& proposal : store.rule_proposals()) proposals.push_back(proposal_view(proposal, staff));
  auto const behind = store.units_behind_rules();
  array units;
  for (auto const& overview : store.units()) {
    auto const id = overview.unit.id;
    units.push_back(object{{"unit", unit_view(overview.unit)},
                           {"told", std::ranges::find(behind, id) == behind.end()},
                           {"applied", applied_by_view(store.rules_applied_by(id))}});
  }
  return web::json_answer(200, object{{"in_force", web::book_view(*store.city_rules()->current())},
                                      {"published", std::move(published)},
                                      {"proposals", std::move(proposals)},
                                      {"units", std::move(units)}});
}

net::HttpResponse RulesDoors::preview(Request const& request) {
  auto const form = read_rule_form(request.body);
  if (!form) return web::refusal_answer(form.error());
  auto const trial = centre_.rules().preview(form->draft(), centre_.clock().wall());
  return trial ? web::json_answer(200, trial_view(*trial)) : web::refusal_answer(trial.error());
}

net::HttpResponse RulesDoors::publish(Request const& request, web::Visitor const& who) {
  auto const form = read_rule_form(request.body);
  if (!form) return web::refusal_answer(form.error());
  auto const done = centre_.rules().publish_or_propose(who.id, form->draft(), centre_.clock().wall());
  if (!done) return web::refusal_answer(done.error());
  auto const staff = centre_.staff_names();
  if (auto const* const record = std::get_if<RuleRecord>(&*done)) {
    return web::json_answer(201, object{{"published", publication_view(*record, staff)}, {"proposal", nullptr}});
  }
  auto const& proposal = std::get<RuleProposal>(*done);
  return web::json_answer(202, object{{"published", nullptr}, {"proposal", proposal_view(proposal, staff)}});
}

net::HttpResponse RulesDoors::rule(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("proposal"));
  auto const confirmed = read_ruling(request.body);
  if (!confirmed) return web::refusal_answer(confirmed.error());
  auto const ruled = centre_.rules().rule(who.id, *id, *confirmed, centre_.clock().wall());
  if (!ruled) return web::refusal_answer(ruled.error());
  return web::json_answer(200, object{{"proposal", proposal_view(*ruled, centre_.staff_names())}});
}

}  // namespace fieldnode::central

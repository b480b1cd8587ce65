#include "node/central/aside_doors.h"

#include "node/central/aside_views.h"
#include "node/central/page_query.h"
#include "node/web/answers.h"
#include "node/web/json_form.h"

namespace fieldnode::central {
namespace {

using boost::json::object;

constexpr std::size_t kWhyMaxBytes = 1024;
constexpr std::size_t kRequestIdMaxBytes = 64;  ///< as every request carries one; an act is adopted once in any case

Result<std::string> read_why(std::string_view body) {
  auto form = web::JsonForm::parse(body);
  if (!form) return form.error();
  auto const why = form->text("why", kWhyMaxBytes);
  (void)form->optional_text("request_id", kRequestIdMaxBytes);
  if (auto const whole = form->finish(); !whole) return whole.error();
  return why;
}

net::HttpResponse answer(int status, Centre& centre, Result<AsideAct> const& act) {
  if (!act) return web::refusal_answer(act.error());
  auto const staff = centre.staff_names();
  auto const nodes = centre.store().nodes();
  return web::json_answer(status, object{{"act", aside_act_view(*act, {staff, nodes})}});
}

}  // namespace

void AsideDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  web::Roles const operators{rules::StaffRole::kOperator, rules::StaffRole::kSupervisor};
  router.get("/api/units/{id}/aside",
             gatekeeper.guard([this](auto const& request, auto const&) { return list(request); }));
  router.get("/api/aside/{id}", gatekeeper.guard([this](auto const& request, auto const&) { return one(request); }));
  router.post(
      "/api/aside/{id}/adoption",
      gatekeeper.guard([this](auto const& request, auto const& who) { return adopt(request, who); }, operators));
}

net::HttpResponse AsideDoors::list(Request const& request) {
  auto const id = read_id(request);
  auto const unit = id ? centre_.store().find_unit(UnitId{*id}) : std::nullopt;
  if (!unit) return web::refusal_answer(not_found("unit"));
  auto const query = read_page_query(request);
  if (!query) return web::refusal_answer(query.error());
  auto const staff = centre_.staff_names();
  auto const nodes = centre_.store().nodes();
  return web::json_answer(200,
                          aside_page_view(centre_.store().aside(unit->id, query->after, query->limit), {staff, nodes}));
}

net::HttpResponse AsideDoors::one(Request const& request) {
  auto const number = read_id(request);
  if (!number) return web::refusal_answer(not_found("act"));
  return answer(200, centre_, centre_.aside().find(*number));
}

net::HttpResponse AsideDoors::adopt(Request const& request, web::Visitor const& who) {
  auto const number = read_id(request);
  if (!number) return web::refusal_answer(not_found("act"));
  auto const why = read_why(request.body);
  if (!why) return web::refusal_answer(why.error());
  return answer(201, centre_, centre_.aside().adopt(who.id, *number, *why, centre_.clock().wall()));
}

}  // namespace fieldnode::central

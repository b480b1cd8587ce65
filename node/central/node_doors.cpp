#include "node/central/node_doors.h"

#include <boost/json/array.hpp>

#include "node/central/node_views.h"
#include "node/central/page_query.h"
#include "node/web/answers.h"
#include "node/web/json_form.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;

constexpr std::size_t kFingerprintMaxBytes = 64;
constexpr std::size_t kUnitCodeMaxBytes = 64;
constexpr std::size_t kWhyMaxBytes = 1024;
constexpr std::size_t kRequestIdMaxBytes = 64;  ///< as every request carries one; a repeat is known by what it says

Result<std::string> read_fingerprint_form(std::string_view body) {
  auto form = web::JsonForm::parse(body);
  if (!form) return form.error();
  auto const typed = form->text("fingerprint", kFingerprintMaxBytes);
  (void)form->optional_text("request_id", kRequestIdMaxBytes);
  if (auto const whole = form->finish(); !whole) return whole.error();
  return typed;
}

struct RevocationForm {
  std::string unit;
  std::string why;
};

Result<RevocationForm> read_revocation(std::string_view body) {
  auto form = web::JsonForm::parse(body);
  if (!form) return form.error();
  RevocationForm read{form->text("unit", kUnitCodeMaxBytes), form->text("why", kWhyMaxBytes)};
  (void)form->optional_text("request_id", kRequestIdMaxBytes);
  if (auto const whole = form->finish(); !whole) return whole.error();
  return read;
}

}  // namespace

void NodeDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  using rules::StaffRole;
  web::Roles const keepers{StaffRole::kOperator, StaffRole::kSupervisor, StaffRole::kSystem};
  router.get("/api/nodes", gatekeeper.guard([this](auto const&, auto const&) { return list(); }));
  router.post("/api/units/{id}/enrolment-codes",
              gatekeeper.guard([this](auto const& request, auto const&) { return issue_code(request); }, keepers));
  router.post(
      "/api/nodes/confirmations",
      gatekeeper.guard([this](auto const& request, auto const& who) { return confirm(request, who); }, keepers));
  router.post(
      "/api/nodes/refusals",
      gatekeeper.guard([this](auto const& request, auto const& who) { return refuse_node(request, who); }, keepers));
  router.post("/api/nodes/{id}/revocation",
              gatekeeper.guard([this](auto const& request, auto const& who) { return revoke(request, who); }, keepers));
}

net::HttpResponse NodeDoors::list() {
  auto const city = city_fingerprint(centre_.city());
  if (!city) return web::refusal_answer(city.error());
  auto const staff = centre_.staff_names();
  array nodes;
  for (auto const& node : centre_.nodes().list()) nodes.push_back(node_view(node, staff));
  return web::json_answer(200, object{{"city_fingerprint", *city}, {"nodes", std::move(nodes)}});
}

net::HttpResponse NodeDoors::issue_code(Request const& request) {
  auto const id = read_id(request);
  auto const unit = id ? centre_.store().find_unit(UnitId{*id}) : std::nullopt;
  if (!unit) return web::refusal_answer(not_found("unit"));
  auto const issued = centre_.enrolments().issue_code(unit->code, centre_.clock().wall());
  if (!issued) return web::refusal_answer(issued.error());
  return web::json_answer(201, object{{"code", code_view(*issued, sync_address(centre_.city()))}});
}

net::HttpResponse NodeDoors::confirm(Request const& request, web::Visitor const& who) {
  auto const typed = read_fingerprint_form(request.body);
  if (!typed) return web::refusal_answer(typed.error());
  return told(centre_.nodes().confirm(who.id, *typed, centre_.clock().wall()));
}

net::HttpResponse NodeDoors::refuse_node(Request const& request, web::Visitor const& who) {
  auto const typed = read_fingerprint_form(request.body);
  if (!typed) return web::refusal_answer(typed.error());
  return told(centre_.nodes().refuse_node(who.id, *typed, centre_.clock().wall()));
}

net::HttpResponse NodeDoors::revoke(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("node"));
  auto const form = read_revocation(request.body);
  if (!form) return web::refusal_answer(form.error());
  return told(centre_.nodes().revoke(who.id, NodeId{*id}, form->unit, form->why, centre_.clock().wall()));
}

net::HttpResponse NodeDoors::told(Result<UnitNode> const& node) {
  if (!node) return web::refusal_answer(node.error());
  return web::json_answer(201, object{{"node", node_view(*node, centre_.staff_names())}});
}

}  // namespace fieldnode::central

#include "node/central/central_api.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "node/central/bundle_view.h"
#include "node/central/clock_view.h"
#include "node/central/figures_view.h"
#include "node/central/page_query.h"
#include "node/central/unit_views.h"
#include "node/web/answers.h"
#include "node/web/unit_log_view.h"
#include "node/web/views.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::size_t kUnitLogMost = 100;
constexpr std::string_view kTopic = "centre";
/// Beyond this a page reads its lists anew rather than follow one by one; the unit is told in any case.
constexpr std::size_t kCasesToldMost = 50;

net::ServerEvent event(std::string name, std::uint64_t id) {
  return {.name = std::move(name), .id = {}, .data = fmt::format("{{\"id\":\"{}\"}}", id)};
}

}  // namespace

void CentralApi::add_routes(net::Router& router) {
  auto& gate = gatekeeper_;
  gate.add_routes(router, [this](object& answer) { answer["city"] = centre_.city().name; });
  router.get("/api/status", gate.guard([this](auto const&, auto const&) { return status(); }));
  router.get("/api/units", gate.guard([this](auto const&, auto const&) { return units(); }));
  router.get("/api/units/{id}/log", gate.guard([this](auto const& request, auto const&) { return unit_log(request); }));
  cases_.add_routes(router, gate);
  assignments_.add_routes(router, gate);
  rules_.add_routes(router, gate);
  phones_.add_routes(router, gate);
  time_corrections_.add_routes(router, gate);
  nodes_.add_routes(router, gate);
  aside_.add_routes(router, gate);
  assessments_.add_routes(router, gate);
  vetoes_.add_routes(router, gate);
  router.add_late(net::Method::kGet, "/api/events",
                  gate.guard_late([this](auto const&, auto const&, net::Responder responder) {
                    hub_.subscribe(std::string(kTopic), responder.start_event_stream());
                  }));
}

void CentralApi::announce(StoreChange const& change) {
  if (change.unit && (change.feed_grew || change.acts_came || change.nodes_changed))
    hub_.publish(kTopic, event("unit", change.unit.value));
  if (change.cases.size() > kCasesToldMost) return;
  for (auto const id : change.cases) hub_.publish(kTopic, event("case", id.value));
}

net::HttpResponse CentralApi::status() {
  auto view = figures_view(centre_.store().counts());
  auto const failure = centre_.writer().failure();
  view["city"] = centre_.city().name;
  view["version"] = FIELDNODE_VERSION;
  view["now"] = web::time_view(rules::central_time(centre_.clock().wall()));
  array lines;
  auto const rules = centre_.store().city_rules()->current();
  for (auto const& line : rules->policy.emergency_lines) lines.emplace_back(line);
  view["emergency_lines"] = std::move(lines);
  view["clock"] = clock_view(centre_.clock_guard());
  view["bundles"] = bundles_view(centre_.readers());
  view["storage"] = object{{"safe_mode", failure.has_value()},
                           {"reason", failure ? value(web::sentence_of(*failure)) : value(nullptr)}};
  return web::json_answer(200, view);
}

net::HttpResponse CentralApi::units() {
  array views;
  for (auto const& unit : centre_.store().units()) views.push_back(unit_overview_view(unit));
  return web::json_answer(200, object{{"units", std::move(views)}});
}

net::HttpResponse CentralApi::unit_log(net::HttpRequest const& request) {
  auto const unit = read_number(request.path_variable("id"));
  if (!unit || !centre_.store().find_unit(UnitId{*unit})) {
    return web::refusal_answer(refuse("not_found", "There is no unit " + request.path_variable("id") + "."));
  }
  auto const& staff = centre_.staff_names();
  array items;
  for (auto const& entry : centre_.store().unit_log(UnitId{*unit}, kUnitLogMost)) {
    auto const name = rules::is_act(entry.skeleton.kind) ? std::string() : name_of(entry.skeleton.staff, staff);
    items.push_back(web::unit_log_item(entry, name));
  }
  return web::json_answer(200, object{{"items", std::move(items)}});
}

}  // namespace fieldnode::central

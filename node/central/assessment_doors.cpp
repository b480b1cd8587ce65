#include "node/central/assessment_doors.h"

#include <boost/json/array.hpp>

#include "node/central/page_query.h"
#include "node/central/unit_views.h"
#include "node/web/answers.h"
#include "node/web/assessment_query.h"
#include "node/web/assessment_view.h"
#include "node/web/json_form.h"
#include "node/web/views.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::size_t kReasonMaxBytes = 16 * 1024;

/// What a list shows of a unit beside its figures.
object line_view(UnitOverview const& overview, AssessmentReading const& reading) {
  auto const& published = reading.assessment.publications;
  auto const& node = overview.node;
  auto const last = node ? node->news.last_exchange_at : std::nullopt;
  return {{"unit", unit_view(overview.unit)},
          {"as_of", web::moment(reading.made_at)},
          {"undelivered", node ? node->news.status.undelivered : 0},
          {"last_exchange_at", last ? value(web::moment(*last)) : value(nullptr)},
          {"published_at", published.empty() ? value(nullptr) : value(web::moment(published.back().fact.at))},
          {"changed", !published.empty() && published.back().figures != reading.snapshot},
          {"figures", web::figures_view(reading.assessment.figures)}};
}

std::string_view word_of(VetoStanding standing) {
  if (standing == VetoStanding::kPending) return "pending";
  return standing == VetoStanding::kConfirmed ? "confirmed" : "denied";
}

object proposal_view(VetoProposal const& proposal, StaffNames const& names) {
  return {{"id", std::to_string(proposal.id)},
          {"period", web::period_view(proposal.period)},
          {"cause", web::position_view(proposal.cause)},
          {"reason", proposal.reason},
          {"staff", staff_view(proposal.staff, names)},
          {"at", web::moment(proposal.at)},
          {"standing", word_of(proposal.standing)},
          {"ruled_by", staff_view(proposal.ruled_by, names)},
          {"ruled_at", proposal.ruled_at ? value(web::moment(*proposal.ruled_at)) : value(nullptr)}};
}

web::SpeakerNames speakers(StaffNames const& centre, StaffNames const& unit) {
  return {[&centre](StaffId id) { return name_of(id, centre); }, [&unit](StaffId id) { return name_of(id, unit); }};
}

}  // namespace

void AssessmentDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  auto const reading = [&](auto door) {
    return gatekeeper.guard([this, door](auto const& request, auto const&) { return (this->*door)(request); });
  };
  router.get("/api/assessment", reading(&AssessmentDoors::list));
  router.get("/api/assessment/file", reading(&AssessmentDoors::file));
  router.get("/api/assessment/units/{id}", reading(&AssessmentDoors::one));
  router.get("/api/assessment/units/{id}/clocks", reading(&AssessmentDoors::clocks));
  router.post("/api/assessment/units/{id}/publications",
              gatekeeper.guard([this](auto const& request, auto const& who) { return publish(request, who); },
                               {rules::StaffRole::kOperator, rules::StaffRole::kSupervisor}));
}

std::vector<UnitOverview> AssessmentDoors::units_of(Request const& request) {
  auto units = centre_.store().units();
  if (auto const code = request.query_value("unit")) {
    std::erase_if(units, [&](UnitOverview const& overview) { return overview.unit.code != *code; });
  }
  return units;
}

net::HttpResponse AssessmentDoors::list(Request const& request) {
  auto const period = web::read_period(request);
  if (!period) return web::refusal_answer(period.error());
  auto const at = now();
  array lines;
  for (auto const& overview : units_of(request)) {
    lines.push_back(line_view(overview, *centre_.assessments().read(overview.unit.id, *period, at)));
  }
  return web::json_answer(200, object{{"now", web::time_view(rules::central_time(at))},
                                      {"period", web::period_view(*period)},
                                      {"units", std::move(lines)}});
}

net::HttpResponse AssessmentDoors::one(Request const& request) {
  auto const id = read_id(request);
  if (!id || !centre_.store().find_unit(UnitId{*id})) return web::refusal_answer(not_found("unit"));
  auto const period = web::read_period(request);
  if (!period) return web::refusal_answer(period.error());
  return show(200, UnitId{*id}, *period);
}

net::HttpResponse AssessmentDoors::show(int status, UnitId unit, rules::Period const& period) {
  auto const at = now();
  auto const reading = centre_.assessments().read(unit, period, at);
  auto const names = centre_.staff_names();
  array proposals;
  for (auto const& proposal : centre_.store().veto_proposals(unit)) {
    if (proposal.period == period) proposals.push_back(proposal_view(proposal, names));
  }
  auto view = web::assessment_view(reading->assessment, reading->snapshot, speakers(names, reading->assessment.staff));
  view["unit"] = unit_view(centre_.store().find_unit(unit).value());
  view["as_of"] = web::moment(reading->made_at);
  view["proposals"] = std::move(proposals);
  return web::json_answer(status, object{{"now", web::time_view(rules::central_time(at))},
                                         {"period", web::period_view(period)},
                                         {"assessment", std::move(view)}});
}

net::HttpResponse AssessmentDoors::clocks(Request const& request) {
  auto const id = read_id(request);
  if (!id || !centre_.store().find_unit(UnitId{*id})) return web::refusal_answer(not_found("unit"));
  auto const period = web::read_period(request);
  if (!period) return web::refusal_answer(period.error());
  auto const named = web::read_cell(request);
  if (!named) return web::refusal_answer(named.error());
  auto const page =
      centre_.assessments().clocks(UnitId{*id}, *period, {.clock = named->clock, .cell = named->cell}, now());
  array items;
  for (auto const& line : page.lines) {
    auto view = web::clock_line_view(line);
    auto const row = centre_.store().find_assignment(line.assignment);
    auto const record = row ? centre_.store().find_case(row->case_id) : std::nullopt;
    view["case"] =
        record ? value(object{
                     {"id", std::to_string(record->id.value)}, {"number", record->number}, {"title", record->title}})
               : value(nullptr);
    items.push_back(std::move(view));
  }
  return web::json_answer(200, object{{"items", std::move(items)}, {"total", page.total}});
}

net::HttpResponse AssessmentDoors::file(Request const& request) {
  auto const period = web::read_period(request);
  if (!period) return web::refusal_answer(period.error());
  std::vector<web::AssessedUnit> units;
  for (auto const& overview : units_of(request)) {
    auto const& node = overview.node;
    units.push_back({.code = overview.unit.code,
                     .name = overview.unit.name,
                     .figures = centre_.assessments().read(overview.unit.id, *period, now())->assessment.figures,
                     .undelivered = node ? node->news.status.undelivered : 0,
                     .last_exchange = node ? node->news.last_exchange_at : std::nullopt});
  }
  return web::assessment_file(request, *period, units);
}

net::HttpResponse AssessmentDoors::publish(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("unit"));
  auto form = web::JsonForm::parse(request.body);
  if (!form) return web::refusal_answer(form.error());
  auto const request_id = form->text("request_id", 64);
  auto const from = form->text("from", 16);
  auto const until = form->text("until", 16);
  auto const reason = form->optional_text("reason", kReasonMaxBytes);
  if (auto const whole = form->finish(); !whole) return web::refusal_answer(whole.error());
  auto const period = web::period_of(from, until);
  if (!period) return web::refusal_answer(period.error());
  auto const published = centre_.assessments().publish(who.id, request_id, {UnitId{*id}, *period, reason}, now());
  if (!published) return web::refusal_answer(published.error());
  return show(201, UnitId{*id}, *period);
}

}  // namespace fieldnode::central

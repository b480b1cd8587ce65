#include "node/office/assessment_doors.h"

#include <boost/json/array.hpp>

#include "node/web/answers.h"
#include "node/web/assessment_query.h"
#include "node/web/assessment_view.h"
#include "node/web/json_form.h"
#include "node/web/views.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

constexpr std::size_t kLinesMost = 500;
constexpr std::size_t kReasonMaxBytes = 16 * 1024;

/// The centre's people are numbers here: their names are the centre's.
web::SpeakerNames speakers(std::map<StaffId, std::string> const& unit) {
  return {[](StaffId) { return std::string(); },
          [&unit](StaffId id) {
            auto const known = unit.find(id);
            return known == unit.end() ? std::string() : known->second;
          }};
}

json::value case_of(std::optional<AssignmentRow> const& row) {
  if (!row) return nullptr;
  return json::object{{"number", row->number}, {"title", row->title}};
}

}  // namespace

void AssessmentDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  web::Roles const supervisors{rules::StaffRole::kSupervisor};
  auto const reading = [&](auto door) {
    return gatekeeper.guard([this, door](auto const& request, auto const&) { return (this->*door)(request); },
                            supervisors);
  };
  router.get("/api/assessment", reading(&AssessmentDoors::one));
  router.get("/api/assessment/clocks", reading(&AssessmentDoors::clocks));
  router.get("/api/assessment/file", reading(&AssessmentDoors::file));
  router.post(
      "/api/assessment/contests",
      gatekeeper.guard([this](auto const& request, auto const& who) { return contest(request, who); }, supervisors));
}

net::HttpResponse AssessmentDoors::one(Request const& request) {
  auto const period = web::read_period(request);
  return period ? show(200, *period) : web::refusal_answer(period.error());
}

net::HttpResponse AssessmentDoors::show(int status, rules::Period const& period) {
  auto const reading = desk_.read(period);
  auto const& identity = store_.identity();
  auto view = web::assessment_view(reading->assessment, reading->snapshot, speakers(reading->assessment.staff));
  view["unit"] = json::object{{"code", identity.unit_code}, {"name", identity.unit_name}};
  view["as_of"] = web::time_view(reading->made_at);
  auto const figures = store_.figures(time_.now(), Clearance::kConfidential);
  auto const& oldest = figures.oldest_undelivered;
  view["undelivered"] = figures.undelivered;
  view["oldest_undelivered_at"] = oldest ? json::value(web::moment(*oldest)) : json::value(nullptr);
  return web::json_answer(status, json::object{{"now", web::time_view(time_.now())},
                                               {"period", web::period_view(period)},
                                               {"assessment", std::move(view)}});
}

net::HttpResponse AssessmentDoors::clocks(Request const& request) {
  auto const period = web::read_period(request);
  if (!period) return web::refusal_answer(period.error());
  auto const named = web::read_cell(request);
  if (!named) return web::refusal_answer(named.error());
  auto const page = desk_.clocks(*period, named->clock, named->cell, kLinesMost);
  json::array items;
  for (auto const& line : page.lines) {
    auto view = web::clock_line_view(line);
    view["case"] = case_of(store_.row_of(line.assignment));
    items.push_back(std::move(view));
  }
  return web::json_answer(200, json::object{{"items", std::move(items)}, {"total", page.total}});
}

net::HttpResponse AssessmentDoors::file(Request const& request) {
  auto const period = web::read_period(request);
  if (!period) return web::refusal_answer(period.error());
  auto const& identity = store_.identity();
  auto const state = store_.figures(time_.now(), Clearance::kConfidential);
  web::AssessedUnit const unit{.code = identity.unit_code,
                               .name = identity.unit_name,
                               .figures = desk_.read(*period)->assessment.figures,
                               .undelivered = state.undelivered,
                               .last_exchange = state.link.last_exchange_at};
  return web::assessment_file(request, *period, {&unit, 1});
}

net::HttpResponse AssessmentDoors::contest(Request const& request, web::Visitor const& who) {
  auto form = web::JsonForm::parse(request.body);
  if (!form) return web::refusal_answer(form.error());
  ContestForm contest{.act_id = form->text("act_id", 64), .veto = {}, .reason = form->text("reason", kReasonMaxBytes)};
  auto const from = form->text("from", 16);
  auto const until = form->text("until", 16);
  if (auto veto = form->inner("veto")) {
    contest.veto = {Epoch{veto->id("epoch")}, veto->id("seq")};
    form->adopt(veto->finish());
  } else {
    form->fault("veto", "is missing");
  }
  if (auto const whole = form->finish(); !whole) return web::refusal_answer(whole.error());
  auto const period = web::period_of(from, until);
  if (!period) return web::refusal_answer(period.error());
  auto const done = desk_.contest(who.id, *period, contest);
  return done ? show(201, *period) : web::refusal_answer(done.error());
}

}  // namespace fieldnode::office

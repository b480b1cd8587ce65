#include "node/central/phone_doors.h"

#include <boost/json/array.hpp>

#include "node/central/page_query.h"
#include "node/central/unit_views.h"
#include "node/web/answers.h"
#include "node/web/json_form.h"
#include "node/web/views.h"
#include "sync/engine/phone_digits.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::size_t kDigitsMaxBytes = 256;
constexpr std::size_t kRequestIdMaxBytes = 64;

std::string_view state_of(rules::PhoneReceiptFact const& fact) {
  if (!fact.holds) return "waiting";
  return *fact.holds ? "holds" : "fails";
}

object receipt_view(PhoneLog::Line const& line, StaffNames const& staff) {
  return {{"entry", web::position_view(line.fact.by)},
          {"at", web::moment(line.fact.at)},
          {"by", staff_view(line.staff, staff)},
          {"upto", web::position_view(line.fact.receipt.upto)},
          {"state", state_of(line.fact)}};
}

object challenge_view(ChallengeRecord const& record, StaffNames const& staff) {
  return {{"challenge", std::to_string(record.challenge)},
          {"digits", engine::challenge_digits(record.node, record.challenge)},
          {"by", staff_view(record.staff, staff)},
          {"expires_at", web::moment(record.expires_at)}};
}

}  // namespace

void PhoneDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  web::Roles const operators{rules::StaffRole::kOperator, rules::StaffRole::kSupervisor};
  auto const changing = [&](auto door) {
    return gatekeeper.guard([this, door](auto const& request, auto const& who) { return (this->*door)(request, who); },
                            operators);
  };
  router.get("/api/units/{id}/phone-receipts",
             gatekeeper.guard([this](auto const& request, auto const&) { return list(request); }));
  router.post("/api/units/{id}/phone-challenges", changing(&PhoneDoors::draw));
  router.post("/api/units/{id}/phone-receipts", changing(&PhoneDoors::take));
}

net::HttpResponse PhoneDoors::list(Request const& request) {
  auto const id = read_id(request);
  if (!id || !centre_.store().find_unit(UnitId{*id})) return web::refusal_answer(not_found("unit"));
  return web::json_answer(200, log_view(UnitId{*id}));
}

net::HttpResponse PhoneDoors::draw(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("unit"));
  auto form = web::JsonForm::parse(request.body);
  if (!form) return web::refusal_answer(form.error());
  auto const request_id = form->text("request_id", kRequestIdMaxBytes);
  if (auto const whole = form->finish(); !whole) return web::refusal_answer(whole.error());
  auto const now = centre_.clock_guard().signable();
  if (!now) return web::refusal_answer(now.error());
  auto const drawn = centre_.phones().draw(who.id, request_id, UnitId{*id}, *now);
  if (!drawn) return web::refusal_answer(drawn.error());
  return web::json_answer(201, object{{"challenge", std::to_string(drawn->challenge)},
                                      {"digits", drawn->digits},
                                      {"expires_at", web::moment(drawn->expires_at)},
                                      {"now", web::time_view(rules::central_time(*now))}});
}

net::HttpResponse PhoneDoors::take(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("unit"));
  auto form = web::JsonForm::parse(request.body);
  if (!form) return web::refusal_answer(form.error());
  // A repeat is known by challenge and code; the id that every request carries is not needed.
  (void)form->text("request_id", kRequestIdMaxBytes);
  auto const challenge = form->id("challenge");
  auto const code = form->text("code", kDigitsMaxBytes);
  if (auto const whole = form->finish(); !whole) return web::refusal_answer(whole.error());
  auto const unit = centre_.store().find_unit(UnitId{*id});
  auto const now = centre_.clock_guard().signable_after(unit ? unit->last_sent_at : std::nullopt);
  if (!now) return web::refusal_answer(now.error());
  auto const noted = centre_.phones().take(who.id, UnitId{*id}, {challenge, code}, *now);
  if (!noted) return web::refusal_answer(noted.error());
  return web::json_answer(201, object{{"entry", web::position_view(noted->entry)},
                                      {"at", web::moment(noted->at)},
                                      {"upto", noted->upto},
                                      {"answer", noted->answer},
                                      {"holds", noted->holds ? value(*noted->holds) : value(nullptr)}});
}

object PhoneDoors::log_view(UnitId unit) {
  auto const log = centre_.store().phone_log(unit);
  auto const staff = centre_.staff_names();
  auto const now = centre_.clock().wall();
  array receipts;
  for (auto const& line : log.receipts) receipts.push_back(receipt_view(line, staff));
  array open;
  for (auto const& record : log.challenges) {
    if (record.expires_at >= now) open.push_back(challenge_view(record, staff));
  }
  return {{"now", web::time_view(rules::central_time(now))},
          {"receipts", std::move(receipts)},
          {"challenges", std::move(open)}};
}

}  // namespace fieldnode::central

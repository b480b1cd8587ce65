#include "node/office/phone_doors.h"

#include <boost/json/array.hpp>

#include "node/web/answers.h"
#include "node/web/json_form.h"
#include "node/web/views.h"
#include "sync/engine/phone_digits.h"
#include "sync/engine/phone_receipt.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

constexpr std::size_t kDigitsMaxBytes = 256;

json::object call_view(PhoneCall const& call, NodeId node) {
  return {{"challenge", engine::challenge_digits(node, call.challenge)},
          {"code", engine::code_digits(node, {call.upto.seq, call.code})},
          {"upto", call.upto.seq},
          {"shown_at", web::moment(call.shown_at)},
          {"tries_left", engine::kPhoneTriesMost - std::min(call.wrong, engine::kPhoneTriesMost)},
          {"minute", call.minute ? json::value(web::moment(*call.minute)) : json::value(nullptr)}};
}

/// The centre can have noted what was not said here: then it was misheard, and that proves nothing. Where it noted what
/// was said here and its copy of the journal does not give it, both copies differ.
std::string_view state_of(PhoneProof const& proof) {
  if (!proof.in_feed) return "told";
  if (proof.holds == true) return "holds";
  if (proof.own_code == false) return "misheard";
  if (!proof.holds) return "waiting";
  return proof.own_code == true ? "disputed" : "fails";
}

/// The one field of a form of digits.
Result<std::string> read_digits(std::string_view body, std::string_view name) {
  auto form = web::JsonForm::parse(body);
  if (!form) return form.error();
  auto digits = form->text(name, kDigitsMaxBytes);
  if (auto const whole = form->finish(); !whole) return whole.error();
  return digits;
}

net::RouteOptions from_program() { return {.caller = net::Caller::kProgram}; }

}  // namespace

json::object phone_view(PhoneDesk& desk, NodeTime& time, NodeId node) {
  auto const state = desk.state();
  json::array proofs;
  for (auto const& proof : state.proofs) {
    proofs.push_back({{"upto", proof.upto.seq}, {"at", web::moment(proof.at)}, {"state", state_of(proof)}});
  }
  return {{"now", web::time_view(time.now())},
          {"journal_seq", state.journal_seq},
          {"call", state.call ? json::value(call_view(*state.call, node)) : json::value(nullptr)},
          {"proofs", std::move(proofs)}};
}

void PhoneDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  web::Roles const clerks{rules::StaffRole::kClerk, rules::StaffRole::kSupervisor};
  router.get("/api/phone-receipt", gatekeeper.guard([this](auto const&, auto const&) { return show(); }));
  router.post("/api/phone-receipt/challenge",
              gatekeeper.guard([this](auto const& request, auto const&) { return begin(request); }, clerks));
  router.post("/api/phone-receipt/answer",
              gatekeeper.guard([this](auto const& request, auto const&) { return answer(request); }, clerks));
}

void PhoneDoors::add_control_routes(net::Router& router) {
  router.get(
      "/control/phone-receipt", [this](auto const&) { return show(); }, from_program());
  router.post(
      "/control/phone-receipt/challenge", [this](auto const& request) { return begin(request); }, from_program());
  router.post(
      "/control/phone-receipt/answer", [this](auto const& request) { return answer(request); }, from_program());
}

net::HttpResponse PhoneDoors::show() { return web::json_answer(200, phone_view(desk_, time_, node_)); }

net::HttpResponse PhoneDoors::begin(net::HttpRequest const& request) {
  auto const challenge = read_digits(request.body, "challenge");
  if (!challenge) return web::refusal_answer(challenge.error());
  return shown_after(desk_.begin(*challenge));
}

net::HttpResponse PhoneDoors::answer(net::HttpRequest const& request) {
  auto const digits = read_digits(request.body, "answer");
  if (!digits) return web::refusal_answer(digits.error());
  return shown_after(desk_.answer(*digits));
}

net::HttpResponse PhoneDoors::shown_after(Result<PhoneCall> const& done) {
  if (!done) return web::refusal_answer(done.error());
  events_.status_changed();  // the clock may be anchored now
  return show();
}

}  // namespace fieldnode::office

#include "node/office/control_api.h"

#include <boost/json/parse.hpp>

#include "node/office/control_client.h"
#include "node/office/user_answers.h"
#include "node/web/answers.h"
#include "node/web/bundle_steps.h"
#include "node/web/json_form.h"

namespace fieldnode::office {
namespace {

net::RouteOptions from_program() { return {.caller = net::Caller::kProgram}; }

net::HttpResponse answer(Result<boost::json::object> const& result) {
  return result ? web::json_answer(200, *result) : web::refusal_answer(result.error());
}

}  // namespace

ControlApi::ControlApi(OfficeData& data, OfficeApi& office, web::Accounts& accounts, SyncLoop& sync,
                       BlobCourier& courier, BundleDesk& bundles)
    : data_(data), office_(office), accounts_(accounts), sync_(sync), courier_(courier), bundles_(bundles) {}

void ControlApi::add_routes(net::Router& router) {
  router.get(
      "/control/status",
      [this](auto const&) { return web::json_answer(200, office_.status(Clearance::kConfidential)); }, from_program());
  router.post(
      "/control/sync", [this](auto const&) { return answer(round_answer(exchange())); }, from_program());
  router.post("/control/bundle/{step}",
              [this](net::HttpRequest const& request) {
                boost::system::error_code failed;
                auto const arguments = boost::json::parse(request.body, failed);
                if (failed || !arguments.is_object()) {
                  return web::refusal_answer(refuse("malformed_json", "The arguments of a step are a JSON object."));
                }
                return answer(bundles_.run(request.path_variable("step"), arguments.get_object()));
              },
              {.body_max_bytes = web::kBundleStepMaxBytes, .caller = net::Caller::kProgram});
  router.post(
      "/control/epoch/new", [this](auto const&) { return answer(begin_journal()); }, from_program());
  router.post(
      "/control/user/{what}",
      [this](net::HttpRequest const& request) {
        auto form = web::JsonForm::parse(request.body);
        if (!form) return web::refusal_answer(form.error());
        UserOrder const order{.what = request.path_variable("what"),
                              .name = form->optional_text("name", 1024),
                              .role = form->optional_text("role", 64)};
        if (auto const read = form->finish(); !read) return web::refusal_answer(read.error());
        auto const done = carry_out(order, accounts_);
        if (done && order.what != "list") sync_.nudge();
        return answer(done);
      },
      from_program());
}

Result<RoundReport> ControlApi::exchange() {
  auto round = sync_.round(kRoundMax);
  courier_.nudge();
  return round;
}

Result<boost::json::object> ControlApi::begin_journal() {
  auto const seed = draw_journal(data_.random);
  if (auto const begun = data_.store.begin_journal(seed, data_.time.stamp()); !begun) return begun.error();
  // An operator has chosen: what a fork had stopped goes on.
  auto const round = exchange();
  return boost::json::object{{"journal", std::to_string(seed.epoch.value)}, {"exchanged", round.has_value()}};
}

}  // namespace fieldnode::office

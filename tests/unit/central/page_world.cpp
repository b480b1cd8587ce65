#include "tests/unit/central/page_world.h"

#include <sstream>

namespace fieldnode::central {

namespace json = boost::json;

namespace {

constexpr std::string_view kCookie = "test_session";

}  // namespace

std::string Answered::code() const {
  auto const* error = body.is_object() ? body.get_object().if_contains("error") : nullptr;
  return error == nullptr ? std::string() : std::string(error->at("code").as_string());
}

PageWorld::PageWorld() {
  CityPaths const paths{folder.path() / "centre"};
  auto const made = init_city(paths, {.name = "测试市", .hosts = {}}, clock.wall(), random);
  check(made.has_value(), "a city is made in a temporary folder");
  centre = std::move(Centre::open(paths, clock, random).value());
  sessions_ = std::make_unique<web::Sessions>(centre->writer(), centre->readers(), clock, random);
  gatekeeper_ = std::make_unique<web::Gatekeeper>(centre->accounts(), *sessions_, std::string(kCookie));
  api_ = std::make_unique<CentralApi>(*centre, *gatekeeper_);
  api_->add_routes(router_);
}

std::string PageWorld::sign_in(std::string const& name, rules::StaffRole role) {
  auto const login = centre->accounts().add(name, role).value();
  auto account = login.account;
  check(centre->accounts().change_password(name, login.password, "a password of their own").has_value(),
        "a one-time password is changed");
  account.must_change = false;
  return sessions_->open(account).value().id;
}

Answered PageWorld::get(std::string const& session, std::string const& target) {
  return call(session, net::Method::kGet, target, "");
}

Answered PageWorld::post(std::string const& session, std::string const& target, json::object form) {
  if (!form.contains("request_id")) form["request_id"] = "request-" + std::to_string(++requests_);
  return call(session, net::Method::kPost, target, json::serialize(form));
}

Answered PageWorld::call(std::string const& session, net::Method method, std::string const& target, std::string body) {
  auto const question = target.find('?');
  net::HttpRequest request{.method = method,
                           .target = target,
                           .path = target.substr(0, question),
                           .query = {},
                           .path_variables = {},
                           .cookies = {{std::string(kCookie), session}},
                           .body = std::move(body),
                           .peer = {}};
  if (question != std::string::npos) {
    // Plain text: what decoding does is the server's own test.
    std::istringstream pairs(target.substr(question + 1));
    for (std::string pair; std::getline(pairs, pair, '&');) {
      auto const sign = pair.find('=');
      request.query.emplace(pair.substr(0, sign), pair.substr(sign + 1));
    }
  }
  auto const found = router_.find(request);
  check(std::holds_alternative<net::Route const*>(found), "there is such a door");
  auto const& handler = std::get<net::Route const*>(found)->handler;
  auto const response = std::get<net::Handler>(handler)(request);
  return {.status = response.status, .body = json::parse(response.body)};
}

}  // namespace fieldnode::central

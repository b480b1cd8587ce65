#include "node/web/gatekeeper.h"

#include <fmt/format.h>

#include "node/web/answers.h"
#include "node/web/json_form.h"
#include "node/web/words_json.h"

namespace fieldnode::web {
namespace {

constexpr std::string_view kTokenHeader = "X-Fieldnode-Token";
/// Sent with what the page fetches by itself, after an event or by the clock.
constexpr std::string_view kBackgroundHeader = "X-Fieldnode-Background";
constexpr std::size_t kTextMaxBytes = 1024;

Refusal not_signed_in() { return refuse("not_signed_in", "Sign in first; what was not sent is still on the page."); }

/// One code for every way of not being signed in, since a page does the same in each: ask for the password and keep
/// what was not sent. Which way it was stands beside it.
net::HttpResponse shut_out(Refusal const& why) {
  bool const never_was_in = why.code == "not_signed_in";
  return json_answer(401, {{"error",
                            {{"code", "not_signed_in"},
                             {"sentence", sentence_of(why)},
                             {"session", never_was_in ? boost::json::value(nullptr) : boost::json::value(why.code)}}}});
}

std::string set_cookie(std::string_view name, std::string_view value) {
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}", name, value, value.empty() ? "; Max-Age=0" : "");
}

}  // namespace

Gatekeeper::Gatekeeper(Accounts& accounts, Sessions& sessions, std::string cookie)
    : accounts_(accounts), sessions_(sessions), cookie_(std::move(cookie)) {}

net::Handler Gatekeeper::guard(PageHandler handler, Roles roles) {
  return [this, handler = std::move(handler), roles = std::move(roles)](net::HttpRequest const& request) {
    auto const visitor = visitor_of(request);
    if (auto refusal = turned_away(visitor, roles)) return std::move(*refusal);
    return handler(request, *visitor);
  };
}

net::LateHandler Gatekeeper::guard_late(LatePageHandler handler, Roles roles) {
  return [this, handler = std::move(handler), roles = std::move(roles)](net::HttpRequest const& request,
                                                                        net::Responder responder) {
    auto const visitor = visitor_of(request, Asked::kByPage);  // a stream is opened again without anybody there
    if (auto refusal = turned_away(visitor, roles)) {
      responder.answer(std::move(*refusal));
      return;
    }
    handler(request, *visitor, std::move(responder));
  };
}

net::Handler Gatekeeper::guard_numbers(PageHandler handler) {
  return [this, handler = std::move(handler)](net::HttpRequest const& request) {
    auto const visitor = visitor_of(request, Asked::kForNumbers);
    if (auto refusal = turned_away(visitor, {})) return std::move(*refusal);
    bool const changes = request.method != net::Method::kGet && request.method != net::Method::kHead;
    if (changes && request.header(kTokenHeader) != visitor->token) return shut_out(not_signed_in());
    return handler(request, *visitor);
  };
}

void Gatekeeper::add_routes(net::Router& router, std::function<void(boost::json::object&)> describe) {
  describe_ = std::move(describe);
  router.set_token_check([this](net::HttpRequest const& request) {
    auto const visitor = visitor_of(request);
    // Without a session the door itself answers 401, which tells the page to ask for a sign-in.
    return !visitor || request.header(kTokenHeader) == visitor->token;
  });
  router.post("/api/session", [this](net::HttpRequest const& request) { return sign_in(request); },
              {.needs_token = false});
  router.get("/api/session", [this](net::HttpRequest const& request) {
    auto const visitor = visitor_of(request);
    return visitor ? describe_session(200, *visitor) : shut_out(visitor.error());
  });
  router.post("/api/session/password", [this](net::HttpRequest const& request) { return change_password(request); });
  router.add(net::Method::kDelete, "/api/session",
             [this](net::HttpRequest const& request) { return sign_out(request); }, {.body_type = ""});
}

Result<Visitor> Gatekeeper::visitor_of(net::HttpRequest const& request) {
  bool const in_background = !request.header(kBackgroundHeader).empty();
  return visitor_of(request, in_background ? Asked::kByPage : Asked::kByPerson);
}

Result<Visitor> Gatekeeper::visitor_of(net::HttpRequest const& request, Asked asked) {
  auto const id = request.cookie(cookie_);
  if (!id) return not_signed_in();
  return sessions_.find(*id, asked);
}

std::optional<net::HttpResponse> Gatekeeper::turned_away(Result<Visitor> const& visitor, Roles const& roles) const {
  if (!visitor) return shut_out(visitor.error());
  if (visitor->must_change) {
    return refusal_answer(refuse("must_change_password", "Change the one-time password into one of your own first."));
  }
  if (!roles.empty() && !roles.contains(visitor->role)) {
    return refusal_answer(refuse("not_allowed", "Your role does not allow this."));
  }
  return std::nullopt;
}

net::HttpResponse Gatekeeper::sign_in(net::HttpRequest const& request) {
  auto form = JsonForm::parse(request.body);
  if (!form) return refusal_answer(form.error());
  auto const name = form->text("name", kTextMaxBytes);
  auto const password = form->text("password", kTextMaxBytes);
  if (auto const read = form->finish(); !read) return refusal_answer(read.error());
  auto const account = accounts_.check_password(name, password);
  if (!account) return refusal_answer(account.error());
  auto const session = sessions_.open(*account);
  if (!session) return refusal_answer(session.error());
  return describe_session(200, session->visitor).with("Set-Cookie", set_cookie(cookie_, session->id));
}

net::HttpResponse Gatekeeper::change_password(net::HttpRequest const& request) {
  auto const visitor = visitor_of(request);
  if (!visitor) return shut_out(visitor.error());
  auto form = JsonForm::parse(request.body);
  if (!form) return refusal_answer(form.error());
  auto const password = form->text("password", kTextMaxBytes);
  auto const new_password = form->text("new_password", kTextMaxBytes);
  if (auto const read = form->finish(); !read) return refusal_answer(read.error());
  if (auto const changed = accounts_.change_password(visitor->name, password, new_password); !changed) {
    return refusal_answer(changed.error());
  }
  return net::empty_response();
}

net::HttpResponse Gatekeeper::sign_out(net::HttpRequest const& request) {
  if (auto const id = request.cookie(cookie_)) sessions_.close(*id);
  return net::empty_response().with("Set-Cookie", set_cookie(cookie_, ""));
}

net::HttpResponse Gatekeeper::describe_session(int status, Visitor const& visitor) const {
  boost::json::object answer{
      {"staff", {{"id", std::to_string(visitor.id.value)}, {"name", visitor.name}, {"role", word_of(visitor.role)}}},
      {"token", visitor.token},
      {"must_change", visitor.must_change}};
  describe_(answer);
  return json_answer(status, answer);
}

}  // namespace fieldnode::web

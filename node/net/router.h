#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "node/net/body_taker.h"
#include "node/net/http.h"
#include "node/net/responder.h"

namespace fieldnode::net {

/// A door that answers at once. Runs on a worker thread and may block on the database.
using Handler = std::function<HttpResponse(HttpRequest const&)>;
/// A door that may answer later (long poll, event stream). Only such a route can park a request.
using LateHandler = std::function<void(HttpRequest const&, Responder)>;

/// Who is expected to call: a page in a browser, or a program (a node, a script) that shows its own credentials.
enum class Caller { kPage, kProgram };

struct RouteOptions {
  std::size_t body_max_bytes = 64 * 1024;
  /// kPage: a request that is not GET or HEAD must come from our own page (Sec-Fetch-Site, Origin).
  Caller caller = Caller::kPage;
  /// kPage, not GET or HEAD: the token check must agree as well. Off for the login itself.
  bool needs_token = true;
  /// The media type that a body must have; empty: any.
  std::string body_type = "application/json";
};

struct Route {
  Method method;
  std::string pattern;
  std::variant<Handler, LateHandler, StreamHandler> handler;
  RouteOptions options;
};

/// True when the request carries the token that belongs to its session.
using TokenCheck = std::function<bool(HttpRequest const&)>;

/// Told what broke; the texts are for the log, never for a client.
using FaultReport = std::function<void(std::string_view)>;

/// The answer to the exception at hand: a broken world is 503, a defect 500; `report` hears of it first.
[[nodiscard]] HttpResponse answer_to_fault(Route const& route, FaultReport const& report);

/// The table of doors. Built once before the server starts, then only read.
/// Shape: a pattern is a path whose segments are literal or `{name}`; `{name}` takes exactly one non-empty segment,
/// and `{name...}` at the end takes the rest, slashes included. Literal segments win over variables.
class Router {
 public:
  void add(Method method, std::string pattern, Handler handler, RouteOptions options = {});
  void add_late(Method method, std::string pattern, LateHandler handler, RouteOptions options = {});
  /// A door that reads the body as it comes.
  void add_stream(Method method, std::string pattern, StreamHandler handler, RouteOptions options = {});
  void get(std::string pattern, Handler handler, RouteOptions options = {});
  void post(std::string pattern, Handler handler, RouteOptions options = {});

  /// Without one, every request that needs a token is refused.
  void set_token_check(TokenCheck is_right) { token_is_right_ = std::move(is_right); }

  /// The door for a request, its path variables filled in; HEAD is answered by GET's door. Else the response to give
  /// instead: 404 `no_such_path`, 405 `method_not_allowed` with Allow.
  [[nodiscard]] std::variant<Route const*, HttpResponse> find(HttpRequest& request) const;

  /// Runs the door: token check, then the handler. Never throws. A door that reads as the body comes is run by
  /// StreamedBody.
  void run(Route const& route, HttpRequest const& request, Responder const& responder, FaultReport const& report) const;

 private:
  void add_route(Route route);

  std::vector<Route> routes_;
  TokenCheck token_is_right_;
};

}  // namespace fieldnode::net

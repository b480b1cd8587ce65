#pragma once

#include <functional>
#include <set>
#include <string>

#include <boost/json/object.hpp>

#include "node/net/router.h"
#include "node/web/sessions.h"

/// Lets only signed-in people through to the doors behind it.
namespace fieldnode::web {

using PageHandler = std::function<net::HttpResponse(net::HttpRequest const&, Visitor const&)>;
using LatePageHandler = std::function<void(net::HttpRequest const&, Visitor const&, net::Responder)>;
using Roles = std::set<rules::StaffRole>;

/// Thread: any; must outlive the server.
class Gatekeeper {
 public:
  /// `cookie`: unique to the program's data, so that two nodes on one machine do not sign each other's staff out.
  Gatekeeper(Accounts& accounts, Sessions& sessions, std::string cookie);

  /// Refuses 401 `not_signed_in` (beside it, as `session`, how it ended: a code of Sessions::find, or null), 403
  /// `must_change_password`, 403 `not_allowed` (`roles` empty: any role).
  [[nodiscard]] net::Handler guard(PageHandler handler, Roles roles = {});
  [[nodiscard]] net::LateHandler guard_late(LatePageHandler handler, Roles roles = {});
  /// Opens to a locked page, too (`Visitor::locked`): such a door tells numbers, and nothing of what they count. A
  /// request that changes something shows its token here, because the router asks a locked page for none.
  [[nodiscard]] net::Handler guard_numbers(PageHandler handler);

  /// /api/session and /api/session/password, and the token check of every other door.
  /// `describe` adds what the program wants a page to know at sign-in.
  void add_routes(net::Router& router, std::function<void(boost::json::object&)> describe);

 private:
  [[nodiscard]] Result<Visitor> visitor_of(net::HttpRequest const& request);
  [[nodiscard]] Result<Visitor> visitor_of(net::HttpRequest const& request, Asked asked);
  [[nodiscard]] std::optional<net::HttpResponse> turned_away(Result<Visitor> const& visitor, Roles const& roles) const;
  [[nodiscard]] net::HttpResponse sign_in(net::HttpRequest const& request);
  [[nodiscard]] net::HttpResponse change_password(net::HttpRequest const& request);
  [[nodiscard]] net::HttpResponse sign_out(net::HttpRequest const& request);
  [[nodiscard]] net::HttpResponse describe_session(int status, Visitor const& visitor) const;

  Accounts& accounts_;
  Sessions& sessions_;
  std::string cookie_;
  std::function<void(boost::json::object&)> describe_;
};

}  // namespace fieldnode::web

#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "node/central/central_api.h"
#include "node/web/sessions.h"
#include "tests/unit/central/temp_city.h"

/// A whole city with the doors of its page, called as the server calls them.
namespace fieldnode::central {

struct Answered {
  int status{};
  boost::json::value body;

  [[nodiscard]] boost::json::value const& at(std::string_view pointer) const { return body.at_pointer(pointer); }
  [[nodiscard]] std::string text(std::string_view pointer) const { return std::string(at(pointer).as_string()); }
  /// Of a refusal; else empty.
  [[nodiscard]] std::string code() const;
};

class PageWorld {
 public:
  PageWorld();

  /// Somebody of this role, signed in: the session's cookie.
  [[nodiscard]] std::string sign_in(std::string const& name, rules::StaffRole role);
  [[nodiscard]] Answered get(std::string const& session, std::string const& target);
  /// `form` gets a request id of its own unless it has one.
  [[nodiscard]] Answered post(std::string const& session, std::string const& target, boost::json::object form);

  TempFolder folder;
  SystemRandom random;
  SetClock clock{utc_from_ms(1'791'421'200'000)};  // 2026-10-08 09:00 in +08:00
  std::unique_ptr<Centre> centre;

 private:
  [[nodiscard]] Answered call(std::string const& session, net::Method method, std::string const& target,
                              std::string body);

  std::unique_ptr<web::Sessions> sessions_;
  std::unique_ptr<web::Gatekeeper> gatekeeper_;
  std::unique_ptr<CentralApi> api_;
  net::Router router_;
  int requests_{};
};

}  // namespace fieldnode::central

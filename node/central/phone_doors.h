#pragma once

#include "node/central/centre.h"
#include "node/net/router.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The doors /api/units/{id}/phone-...: an operator on the telephone with an office. Source:
/// schema/openapi/central.yaml. Thread: any; must outlive the server.
class PhoneDoors {
 public:
  explicit PhoneDoors(Centre& centre) : centre_(centre) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  using Request = net::HttpRequest;
  [[nodiscard]] net::HttpResponse list(Request const& request);
  [[nodiscard]] net::HttpResponse draw(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse take(Request const& request, web::Visitor const& who);
  [[nodiscard]] boost::json::object log_view(UnitId unit);

  Centre& centre_;
};

}  // namespace fieldnode::central

#pragma once

#include "node/central/centre.h"
#include "node/net/router.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The doors /api/assessment...: how all units did in a period, one of them closely, the clocks behind a figure, files,
/// and publication. Source: schema/openapi/central.yaml. Thread: any; must outlive the server.
class AssessmentDoors {
 public:
  explicit AssessmentDoors(Centre& centre) : centre_(centre) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

  /// One unit closely, as `GET /api/assessment/units/{id}` answers.
  [[nodiscard]] net::HttpResponse show(int status, UnitId unit, rules::Period const& period);

 private:
  using Request = net::HttpRequest;
  [[nodiscard]] net::HttpResponse list(Request const& request);
  [[nodiscard]] net::HttpResponse one(Request const& request);
  [[nodiscard]] net::HttpResponse clocks(Request const& request);
  [[nodiscard]] net::HttpResponse file(Request const& request);
  [[nodiscard]] net::HttpResponse publish(Request const& request, web::Visitor const& who);
  /// Of one unit where the address names one, else of all.
  [[nodiscard]] std::vector<UnitOverview> units_of(Request const& request);
  [[nodiscard]] UtcTime now() const { return centre_.clock().wall(); }

  Centre& centre_;
};

}  // namespace fieldnode::central

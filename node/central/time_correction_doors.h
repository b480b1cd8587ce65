#pragma once

#include "node/central/centre.h"
#include "node/net/router.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The doors /api/time-corrections. Source: schema/openapi/central.yaml. Thread: any; must outlive the server.
class TimeCorrectionDoors {
 public:
  explicit TimeCorrectionDoors(Centre& centre) : centre_(centre) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  using Request = net::HttpRequest;
  [[nodiscard]] net::HttpResponse list();
  [[nodiscard]] net::HttpResponse propose(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse rule(Request const& request, web::Visitor const& who);
  [[nodiscard]] boost::json::object view_of(TimeCorrectionProposal const& proposal, StaffNames const& staff);

  Centre& centre_;
};

}  // namespace fieldnode::central

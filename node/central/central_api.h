#pragma once

#include "node/central/assignment_doors.h"
#include "node/central/case_doors.h"
#include "node/central/centre.h"
#include "node/net/event_stream.h"
#include "node/net/router.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The doors of the centre's page, and its events. Source: schema/openapi/central.yaml.
/// Thread: any; must outlive the server.
class CentralApi {
 public:
  CentralApi(Centre& centre, web::Gatekeeper& gatekeeper)
      : centre_(centre), gatekeeper_(gatekeeper), cases_(centre), assignments_(centre) {}

  void add_routes(net::Router& router);
  /// Tells every open page what looks different now. Thread: any; does not block.
  void announce(StoreChange const& change);

 private:
  [[nodiscard]] net::HttpResponse status();
  [[nodiscard]] net::HttpResponse units();

  Centre& centre_;
  web::Gatekeeper& gatekeeper_;
  CaseDoors cases_;
  AssignmentDoors assignments_;
  net::EventHub hub_;
};

}  // namespace fieldnode::central

#pragma once

#include <functional>

#include "node/central/centre.h"
#include "node/net/event_stream.h"
#include "node/net/router.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The doors of the centre's page: each reads a form, makes one call, answers. Source: schema/openapi/central.yaml.
/// Thread: any; must outlive the server.
class CentralApi {
 public:
  CentralApi(Centre& centre, web::Gatekeeper& gatekeeper) : centre_(centre), gatekeeper_(gatekeeper) {}

  void add_routes(net::Router& router);
  /// Tells every open page that the unit's feed grew. Thread: any; does not block.
  void announce(UnitId unit);

 private:
  using Request = net::HttpRequest;
  [[nodiscard]] net::HttpResponse status();
  [[nodiscard]] net::HttpResponse units();
  [[nodiscard]] net::HttpResponse cases(Request const& request);
  [[nodiscard]] net::HttpResponse one_case(Request const& request);
  [[nodiscard]] net::HttpResponse create_case(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse dispatch(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse assignments(Request const& request);
  [[nodiscard]] net::HttpResponse one_assignment(Request const& request);
  [[nodiscard]] net::HttpResponse decide(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse answer_assignment(int status, AssignmentId id);
  [[nodiscard]] UtcTime now() const { return centre_.clock().wall(); }

  Centre& centre_;
  web::Gatekeeper& gatekeeper_;
  net::EventHub hub_;
};

}  // namespace fieldnode::central

#pragma once

#include "node/central/centre.h"
#include "node/net/router.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The doors of assignments: dispatch, what waits for an operator, decisions.
/// Source: schema/openapi/central.yaml. Thread: any; must outlive the server.
class AssignmentDoors {
 public:
  explicit AssignmentDoors(Centre& centre) : centre_(centre) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  using Request = net::HttpRequest;
  [[nodiscard]] net::HttpResponse dispatch(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse list(Request const& request);
  [[nodiscard]] net::HttpResponse awaiting(Request const& request);
  [[nodiscard]] net::HttpResponse one(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse decide(Request const& request, web::Visitor const& who);

  [[nodiscard]] boost::json::object view_of(AssignmentDossier const& dossier, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse show(int status, AssignmentId id, web::Visitor const& who);
  [[nodiscard]] UtcTime now() const { return centre_.clock().wall(); }

  Centre& centre_;
};

}  // namespace fieldnode::central

#pragma once

#include "node/central/centre.h"
#include "node/net/router.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The doors of attachments at the centre's page: operators attach files to a case, everybody who may see a case or an
/// assignment fetches its files. Source: schema/openapi/central.yaml. Thread: any; must outlive the server.
class AttachmentDoors {
 public:
  explicit AttachmentDoors(Centre& centre) : centre_(centre) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  [[nodiscard]] net::HttpResponse attach(net::HttpRequest const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse of_case(net::HttpRequest const& request);
  [[nodiscard]] net::HttpResponse from_case(net::HttpRequest const& request);
  [[nodiscard]] net::HttpResponse of_assignment(net::HttpRequest const& request);
  [[nodiscard]] net::HttpResponse from_assignment(net::HttpRequest const& request);

  Centre& centre_;
};

}  // namespace fieldnode::central

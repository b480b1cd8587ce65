#pragma once

#include "node/central/centre.h"
#include "node/net/router.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The doors of policies and calendars: what is published, what a text would move, publishing, the second person's
/// word. Source: schema/openapi/central.yaml. Thread: any; must outlive the server.
class RulesDoors {
 public:
  explicit RulesDoors(Centre& centre) : centre_(centre) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  using Request = net::HttpRequest;
  [[nodiscard]] net::HttpResponse list();
  [[nodiscard]] net::HttpResponse preview(Request const& request);
  [[nodiscard]] net::HttpResponse publish(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse rule(Request const& request, web::Visitor const& who);

  Centre& centre_;
};

}  // namespace fieldnode::central

#pragma once

#include "node/net/router.h"
#include "node/office/office_store.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::office {

/// The door to the rules that this node counts by. Source: schema/openapi/office.yaml.
/// Thread: any; must outlive the server.
class RuleDoors {
 public:
  explicit RuleDoors(OfficeStore& store) : store_(store) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  [[nodiscard]] net::HttpResponse read();

  OfficeStore& store_;
};

}  // namespace fieldnode::office

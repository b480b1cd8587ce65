#pragma once

#include "node/central/centre.h"
#include "node/net/router.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The doors through which evidence goes: at the page, and over the control socket. Thread: any; must outlive the
/// server.
class EvidenceDoors {
 public:
  explicit EvidenceDoors(Centre& centre) : centre_(centre) {}

  void add_page_routes(net::Router& router, web::Gatekeeper& gatekeeper);
  void add_control_routes(net::Router& router);

 private:
  Centre& centre_;
};

}  // namespace fieldnode::central

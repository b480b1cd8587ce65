#pragma once

#include "node/net/router.h"
#include "node/office/evidence_desk.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::office {

/// The doors through which evidence goes: for supervisors at the page, for the command line over the control socket.
/// Thread: any; must outlive the server.
class EvidenceDoors {
 public:
  explicit EvidenceDoors(EvidenceDesk& desk) : desk_(desk) {}

  void add_page_routes(net::Router& router, web::Gatekeeper& gatekeeper);
  void add_control_routes(net::Router& router);

 private:
  EvidenceDesk& desk_;
};

}  // namespace fieldnode::office

#pragma once

#include <functional>

#include "node/net/router.h"
#include "node/office/warning_view.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::office {

/// The warnings' doors in the page's API. Thread: any; must outlive the server.
class WarningDoors {
 public:
  /// `names`: makes a look-up for one answer.
  WarningDoors(WarningDesk& desk, std::function<StaffNames()> names) : desk_(desk), names_(std::move(names)) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  [[nodiscard]] net::HttpResponse read(web::Visitor const& visitor);
  [[nodiscard]] net::HttpResponse note_heard(net::HttpRequest const& request, web::Visitor const& visitor);

  WarningDesk& desk_;
  std::function<StaffNames()> names_;
};

}  // namespace fieldnode::office

#pragma once

#include "node/central/centre.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The page's doors to nodes: who serves, who waits, codes for units.
class NodeDoors {
 public:
  explicit NodeDoors(Centre& centre) : centre_(centre) {}
  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  using Request = net::HttpRequest;
  [[nodiscard]] net::HttpResponse list();
  [[nodiscard]] net::HttpResponse issue_code(Request const& request);
  [[nodiscard]] net::HttpResponse confirm(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse refuse_node(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse revoke(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse told(Result<UnitNode> const& node);

  Centre& centre_;
};

}  // namespace fieldnode::central

#pragma once

#include "node/central/centre.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The page's doors to what revoked nodes delivered. The contact part of an act is not shown.
class AsideDoors {
 public:
  explicit AsideDoors(Centre& centre) : centre_(centre) {}
  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  using Request = net::HttpRequest;
  [[nodiscard]] net::HttpResponse list(Request const& request);
  [[nodiscard]] net::HttpResponse one(Request const& request);
  [[nodiscard]] net::HttpResponse adopt(Request const& request, web::Visitor const& who);

  Centre& centre_;
};

}  // namespace fieldnode::central

#pragma once

#include "node/central/centre.h"
#include "node/net/router.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The doors /api/cases: each reads a form, makes one call, answers with the case as it is then.
/// Source: schema/openapi/central.yaml. Thread: any; must outlive the server.
class CaseDoors {
 public:
  explicit CaseDoors(Centre& centre) : centre_(centre) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  using Request = net::HttpRequest;
  [[nodiscard]] net::HttpResponse list(Request const& request);
  [[nodiscard]] net::HttpResponse create(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse refuse_case(Request const& request, CaseId id, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse rule_refusal(Request const& request, CaseId id, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse complete(Request const& request, CaseId id, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse merge(Request const& request, CaseId id, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse unmask(Request const& request, CaseId id, web::Visitor const& who);

  /// The case after a change, or why there was none.
  [[nodiscard]] net::HttpResponse answer(Result<void> const& done, CaseId id, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse show(int status, CaseId id, web::Visitor const& who);
  [[nodiscard]] UtcTime now() const { return centre_.clock().wall(); }

  Centre& centre_;
};

}  // namespace fieldnode::central

#pragma once

#include "node/net/router.h"
#include "node/office/assessment_desk.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::office {

/// The doors /api/assessment...: the unit's own figures, the clocks behind one, files, and the contest of a veto. For
/// supervisors, because what stands behind a figure may be confidential (A3, A5). Source: schema/openapi/office.yaml.
/// Thread: any; must outlive the server.
class AssessmentDoors {
 public:
  AssessmentDoors(AssessmentDesk& desk, OfficeStore& store, NodeTime& time) : desk_(desk), store_(store), time_(time) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  using Request = net::HttpRequest;
  [[nodiscard]] net::HttpResponse one(Request const& request);
  [[nodiscard]] net::HttpResponse clocks(Request const& request);
  [[nodiscard]] net::HttpResponse file(Request const& request);
  [[nodiscard]] net::HttpResponse contest(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse show(int status, rules::Period const& period);

  AssessmentDesk& desk_;
  OfficeStore& store_;
  NodeTime& time_;
};

}  // namespace fieldnode::office

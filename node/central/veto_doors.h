#pragma once

#include "node/central/assessment_doors.h"

namespace fieldnode::central {

/// The doors of supervision and vetoes; each answers with the unit's assessment as it is then.
/// Source: schema/openapi/central.yaml. Thread: any; must outlive the server.
class VetoDoors {
 public:
  VetoDoors(Centre& centre, AssessmentDoors& assessments) : centre_(centre), assessments_(assessments) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  using Request = net::HttpRequest;
  [[nodiscard]] net::HttpResponse note(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse propose(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse rule(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse step(Request const& request, web::Visitor const& who);
  [[nodiscard]] net::HttpResponse operator_notes();
  [[nodiscard]] net::HttpResponse note_operator(Request const& request, web::Visitor const& who);
  [[nodiscard]] UtcTime now() const { return centre_.clock().wall(); }

  Centre& centre_;
  AssessmentDoors& assessments_;
};

}  // namespace fieldnode::central

#pragma once

#include "node/central/aside_doors.h"
#include "node/central/assessment_doors.h"
#include "node/central/assignment_doors.h"
#include "node/central/case_doors.h"
#include "node/central/centre.h"
#include "node/central/node_doors.h"
#include "node/central/phone_doors.h"
#include "node/central/rules_doors.h"
#include "node/central/time_correction_doors.h"
#include "node/central/veto_doors.h"
#include "node/net/event_stream.h"
#include "node/net/router.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::central {

/// The doors of the centre's page, and its events. Source: schema/openapi/central.yaml.
/// Thread: any; must outlive the server.
class CentralApi {
 public:
  CentralApi(Centre& centre, web::Gatekeeper& gatekeeper)
      : centre_(centre),
        gatekeeper_(gatekeeper),
        cases_(centre),
        assignments_(centre),
        phones_(centre),
        time_corrections_(centre),
        nodes_(centre),
        aside_(centre),
        rules_(centre),
        assessments_(centre),
        vetoes_(centre, assessments_) {}

  void add_routes(net::Router& router);
  /// Tells every open page what looks different now. Thread: any; does not block.
  void announce(StoreChange const& change);

 private:
  [[nodiscard]] net::HttpResponse status();
  [[nodiscard]] net::HttpResponse units();
  [[nodiscard]] net::HttpResponse unit_log(net::HttpRequest const& request);

  Centre& centre_;
  web::Gatekeeper& gatekeeper_;
  CaseDoors cases_;
  AssignmentDoors assignments_;
  PhoneDoors phones_;
  TimeCorrectionDoors time_corrections_;
  NodeDoors nodes_;
  AsideDoors aside_;
  RulesDoors rules_;
  AssessmentDoors assessments_;
  VetoDoors vetoes_;
  net::EventHub hub_;
};

}  // namespace fieldnode::central

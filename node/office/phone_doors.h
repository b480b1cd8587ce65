#pragma once

#include <boost/json/object.hpp>

#include "node/net/router.h"
#include "node/office/office_events.h"
#include "node/office/phone_desk.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::office {

/// What the page and the command line are told of calls:
/// {"now","journal_seq","call": null | {"challenge","code","upto","shown_at","tries_left","minute"},
///  "proofs": [{"upto","at","state"}]}; a state is told, waiting, holds, fails, misheard or disputed.
[[nodiscard]] boost::json::object phone_view(PhoneDesk& desk, NodeTime& time, NodeId node);

/// The doors of a phone receipt, on the page and on the control socket; each answers with `phone_view`.
/// Source: schema/openapi/office.yaml. Thread: any; must outlive the servers.
class PhoneDoors {
 public:
  PhoneDoors(PhoneDesk& desk, NodeTime& time, OfficeEvents& events, NodeId node)
      : desk_(desk), time_(time), events_(events), node_(node) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);
  void add_control_routes(net::Router& router);

 private:
  [[nodiscard]] net::HttpResponse show();
  [[nodiscard]] net::HttpResponse begin(net::HttpRequest const& request);
  [[nodiscard]] net::HttpResponse answer(net::HttpRequest const& request);
  [[nodiscard]] net::HttpResponse shown_after(Result<PhoneCall> const& done);

  PhoneDesk& desk_;
  NodeTime& time_;
  OfficeEvents& events_;
  NodeId node_;
};

}  // namespace fieldnode::office

#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "node/blobs/sweep_thread.h"
#include "node/net/http_server.h"
#include "node/office/assessment_doors.h"
#include "node/office/attachment_doors.h"
#include "node/office/blob_courier.h"
#include "node/office/centre_link.h"
#include "node/office/control_api.h"
#include "node/office/evidence_doors.h"
#include "node/office/office_api.h"
#include "node/office/phone_doors.h"
#include "node/office/rule_doors.h"
#include "node/office/settings.h"
#include "node/office/warning_doors.h"
#include "node/office/warning_watch.h"
#include "node/web/sessions.h"

namespace fieldnode::office {

/// The running node: its page, its link to the centre, its control socket. Ends when destroyed: first nobody new comes
/// in, then the link ends, then what was begun is finished.
class OfficeService {
 public:
  /// Errors: those of the certificate files, `port_in_use` and the other refusals of HttpServer::start.
  [[nodiscard]] static Result<std::unique_ptr<OfficeService>> start(OfficeData& data, OfficeSettings const& settings,
                                                                    net::FaultReport const& on_fault);
  ~OfficeService();
  OfficeService(OfficeService const&) = delete;
  OfficeService& operator=(OfficeService const&) = delete;

  /// "http://127.0.0.1:8451".
  [[nodiscard]] std::string const& page() const { return page_; }

 private:
  OfficeService(OfficeData& data, std::unique_ptr<CentreLink> link, OfficeSettings const& settings);
  void link_changed();
  void store_changed(std::span<Change const> changed);
  void tell_of(AssignmentId id);
  [[nodiscard]] Result<void> open_doors(OfficeSettings const& settings, net::FaultReport const& on_fault);

  OfficeData& data_;
  std::unique_ptr<CentreLink> link_;
  OfficeEvents events_;
  SyncLoop sync_;
  BlobCourier courier_;
  EvidenceDesk evidence_;
  EvidenceDoors evidence_doors_;
  Desk desk_;
  web::Accounts accounts_;
  web::Sessions sessions_;
  web::Gatekeeper gatekeeper_;
  BundleDesk bundle_desk_;
  OfficeApi api_;
  AttachmentDoors attachment_doors_;
  RuleDoors rule_doors_;
  WarningDesk warnings_;
  WarningDoors warning_doors_;
  WarningWatch warning_watch_;
  PhoneDesk phone_desk_;
  PhoneDoors phone_doors_;
  AssessmentDesk assessment_desk_;
  AssessmentDoors assessment_doors_;
  ControlApi control_;
  std::unique_ptr<blobs::SweepThread> sweep_;
  std::unique_ptr<net::HttpServer> page_server_;
  std::unique_ptr<net::HttpServer> control_server_;
  std::string page_;
};

}  // namespace fieldnode::office

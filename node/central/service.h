#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "node/blobs/sweep_thread.h"
#include "node/central/aside_service.h"
#include "node/central/attachment_doors.h"
#include "node/central/blob_doors.h"
#include "node/central/central_api.h"
#include "node/central/command_desk.h"
#include "node/central/evidence_doors.h"
#include "node/central/exchange_service.h"
#include "node/central/outage_beat.h"
#include "node/central/phone_checker.h"
#include "node/net/http_server.h"
#include "node/web/gatekeeper.h"
#include "node/web/sessions.h"

namespace fieldnode::central {

struct ServiceOptions {
  net::Endpoint sync;  ///< its TLS identity is filled in
  net::Endpoint page;
  ExchangeLimits limits;
  net::FaultReport report;
};

/// Three servers over one centre: the sync port (TLS), the page, the control socket. Thread: the owner's.
class Service {
 public:
  /// Listens on all three or on none. Errors: those of HttpServer::start.
  [[nodiscard]] static Result<std::unique_ptr<Service>> start(Centre& centre, ServiceOptions options);
  ~Service();
  Service(Service const&) = delete;
  Service& operator=(Service const&) = delete;

  [[nodiscard]] std::uint16_t sync_port() const { return sync_->ports().front(); }
  [[nodiscard]] std::uint16_t page_port() const { return page_->ports().front(); }

  /// How many long polls wait now.
  [[nodiscard]] std::size_t parked() { return exchanges_.parked(); }

  /// Ends what waits, lets what runs finish, and returns when no handler runs any more.
  void stop();

 private:
  Service(Centre& centre, ExchangeLimits const& limits);
  [[nodiscard]] Result<void> listen(ServiceOptions const& options);
  [[nodiscard]] Result<void> listen_sync(ServiceOptions const& options);
  [[nodiscard]] Result<void> listen_page(ServiceOptions const& options);
  [[nodiscard]] Result<void> listen_control(ServiceOptions const& options);

  Centre& centre_;
  std::unique_ptr<crypto::SignatureSuite> suite_;
  engine::ExchangeServer exchange_;
  IdentityDesk identities_;
  ExchangeService exchanges_;
  AsideService aside_;
  web::Sessions sessions_;
  web::Gatekeeper gatekeeper_;
  CentralApi api_;
  BlobDoors blob_doors_;
  AttachmentDoors attachment_doors_;
  CommandDesk commands_;
  EvidenceDoors evidence_;
  std::unique_ptr<OutageBeat> beat_;
  std::unique_ptr<PhoneChecker> phone_checker_;
  std::unique_ptr<blobs::SweepThread> sweep_;
  std::unique_ptr<net::HttpServer> sync_;
  std::unique_ptr<net::HttpServer> page_;
  std::unique_ptr<net::HttpServer> control_;
};

}  // namespace fieldnode::central

#pragma once

#include "node/net/router.h"
#include "node/office/blob_courier.h"
#include "node/office/bundle_desk.h"
#include "node/office/office_api.h"
#include "node/office/office_data.h"
#include "node/office/sync_loop.h"
#include "node/web/accounts.h"

namespace fieldnode::office {

/// What the command line may ask of the node that runs, over the unix socket in its data directory: who may open that
/// file is the node's own user. Thread: any; must outlive the server.
class ControlApi {
 public:
  ControlApi(OfficeData& data, OfficeApi& office, web::Accounts& accounts, SyncLoop& sync, BlobCourier& courier,
             BundleDesk& bundles);

  void add_routes(net::Router& router);

 private:
  /// Whoever asks for an exchange wants the files on their way, too.
  [[nodiscard]] Result<RoundReport> exchange();
  [[nodiscard]] Result<boost::json::object> begin_journal();

  OfficeData& data_;
  OfficeApi& office_;
  web::Accounts& accounts_;
  SyncLoop& sync_;
  BlobCourier& courier_;
  BundleDesk& bundles_;
};

}  // namespace fieldnode::office

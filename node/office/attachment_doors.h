#pragma once

#include <functional>

#include "node/blobs/blob_store.h"
#include "node/net/router.h"
#include "node/office/node_time.h"
#include "node/office/office_store.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::office {

/// The doors of attachments: a page sends files to an assignment, and fetches those that its entries name. Who may not
/// see an assignment gets the answer of one that is not held. Source: schema/openapi/office.yaml. Thread: any; must
/// outlive the server.
class AttachmentDoors {
 public:
  AttachmentDoors(OfficeStore& store, blobs::BlobStore& blobs, NodeTime& time)
      : store_(store), blobs_(blobs), time_(time) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);

 private:
  [[nodiscard]] net::HttpResponse download(net::HttpRequest const& request, web::Visitor const& visitor);
  [[nodiscard]] net::HttpResponse list(net::HttpRequest const& request, web::Visitor const& visitor);
  [[nodiscard]] std::optional<AssignmentFile> file_for(net::HttpRequest const& request, web::Visitor const& visitor);

  OfficeStore& store_;
  blobs::BlobStore& blobs_;
  NodeTime& time_;
};

}  // namespace fieldnode::office

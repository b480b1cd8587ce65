#pragma once

#include "node/blobs/blob_store.h"
#include "node/central/clock_guard.h"
#include "node/central/store/central_store.h"
#include "node/net/router.h"
#include "sync/base/clock.h"

namespace fieldnode::central {

/// The doors of attachments at the sync port: how much the centre has of a file, a part more of it, a part of it for
/// the office. Only files that an entry of the caller's unit names. Source: PROTOCOL, "Attachments". Thread: any; must
/// outlive the server.
class BlobDoors {
 public:
  struct World {
    CentralStore& store;
    db::ReadPool& readers;
    blobs::BlobStore& blobs;
    Clock const& clock;
    ClockGuard& guard;
  };
  explicit BlobDoors(World world) : world_(world) {}

  void add_routes(net::Router& router);

 private:
  /// A file as this caller may ask for it.
  struct Asked {
    UnitId unit{};
    blobs::NamedFile file;
    bool revoked{};  ///< such a node may only deliver
  };

  /// Who calls, if its word counts here at all.
  /// Errors: `no_certificate`, `unknown_node`, `not_confirmed`, `node_refused`, `certificate_expired`.
  [[nodiscard]] Result<NodeRecord> caller_of(net::HttpRequest const& request);
  /// Errors: those of `caller_of`; `not_found`.
  [[nodiscard]] Result<Asked> asked(net::HttpRequest const& request);
  [[nodiscard]] net::HttpResponse state(net::HttpRequest const& request);
  [[nodiscard]] net::HttpResponse take(net::HttpRequest const& request);
  [[nodiscard]] net::HttpResponse give(net::HttpRequest const& request);

  World world_;
};

}  // namespace fieldnode::central

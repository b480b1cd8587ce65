#pragma once

#include "node/central/clock_guard.h"
#include "node/central/store/central_store.h"
#include "node/net/router.h"
#include "sync/base/clock.h"
#include "sync/engine/aside_server.h"

namespace fieldnode::central {

/// The one door of the sync port that opens to a revoked node: it delivers what it did, and gets a receipt that says
/// that this is set aside. Source: PROTOCOL, "A revoked node". Thread: any; must outlive the server.
class AsideService {
 public:
  struct World {
    CentralStore& store;
    crypto::SignatureSuite const& suite;
    engine::CityKey const& city;
    Clock const& clock;
    ClockGuard& guard;
  };
  explicit AsideService(World const& world) : world_(world), server_(world.suite, world.city) {}

  /// POST /sync/v1/handover.
  void add_routes(net::Router& router);

  /// Answers with the reply's bytes, or: 400 `malformed_message`, `newer_protocol`; 401 `no_certificate`; 403
  /// `unknown_node`, `not_confirmed`, `node_refused`; 409 `node_serves` and the refusals of AsideServer; 413
  /// `aside_full`; 503 of the storage.
  [[nodiscard]] net::HttpResponse take(net::HttpRequest const& request);

 private:
  /// The date of the certificate is not asked for: it cannot be renewed any more, and what binds the acts is the
  /// signature of the registered key.
  [[nodiscard]] Result<NodeRecord> caller_of(net::HttpRequest const& request);
  [[nodiscard]] Result<wire::ExchangeReply> keep(NodeRecord const& node, wire::ExchangeRequest const& message);

  World world_;
  engine::AsideServer server_;
};

}  // namespace fieldnode::central

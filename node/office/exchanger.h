#pragma once

#include "node/office/node_time.h"
#include "node/office/office_store.h"
#include "sync/engine/exchange_client.h"

namespace fieldnode::office {

/// One exchange with all that the node keeps of it: the journal, the time learnt, how the link did.
/// Thread: one exchange at a time.
class Exchanger {
 public:
  struct World {
    OfficeStore& store;
    NodeTime& time;
    engine::NodeIdentity const& identity;
    crypto::SignatureSuite const& suite;
    Random& random;
    Clock const& clock;
  };
  explicit Exchanger(World world);

  /// Errors: those of ExchangeClient, kept as the link's last failure (save `cancelled`, which is none).
  [[nodiscard]] Result<engine::ExchangeOutcome> once(engine::Transport& transport, engine::ExchangeOptions options);

 private:
  World world_;
  engine::TrustedTime time_;
  engine::ExchangeClient client_;
};

}  // namespace fieldnode::office

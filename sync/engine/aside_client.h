#pragma once

#include "sync/base/random.h"
#include "sync/engine/journal.h"
#include "sync/engine/node_identity.h"

/// The half of a revoked node: it offers what the centre does not hold, and believes a receipt alone. Source: PROTOCOL,
/// "A revoked node".
namespace fieldnode::engine {

/// With whose journal and name a node delivers.
struct AsideDelivery {
  Journal& journal;
  NodeIdentity const& identity;
  crypto::SignatureSuite const& suite;
};

/// The acts after `after`, as many as fit the budget. Shape: there is at least one.
[[nodiscard]] wire::ExchangeRequest offer_acts(AsideDelivery const& delivery, Random& random, std::uint64_t after,
                                               std::size_t budget_bytes);

/// The receipt in the reply to `request`, if it is the centre's: it covers the node's own acts, and says that they are
/// set aside. Errors: `malformed_message`, `reply_not_ours`, `journal_fork`.
[[nodiscard]] Result<wire::Receipt> read_aside_receipt(AsideDelivery const& delivery,
                                                       wire::ExchangeRequest const& request, BytesView reply);

}  // namespace fieldnode::engine

#pragma once

#include <optional>
#include <string>

#include "sync/engine/journal.h"
#include "sync/engine/node_identity.h"

/// The node's half of what an exchange says of keys. Source: PROTOCOL, "Identity".
namespace fieldnode::engine {

/// What the node asks with; nothing where there is nothing to ask. `uncertain`: the last exchange broke, or there was
/// none since the start: then the centre may have changed its key. `renewal`: PEM; empty: no certificate is asked for.
[[nodiscard]] std::optional<wire::IdentityClaim> identity_claim(CityBelief const& belief, NodeIdentity const& node,
                                                                bool uncertain, std::string const& renewal,
                                                                crypto::SignatureSuite const& suite);

/// The keys that the node believes once it has heard the reply.
/// Errors: `city_key_broken`, `no_city_root`, `reply_not_ours` when what the city says of a node is about another one.
[[nodiscard]] Result<wire::CityKeyRing> keys_after(CityBelief const& belief, NodeIdentity const& node,
                                                   wire::ExchangeReply const& reply,
                                                   crypto::SignatureSuite const& suite);

}  // namespace fieldnode::engine

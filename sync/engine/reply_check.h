#pragma once

#include "sync/engine/journal.h"
#include "sync/engine/node_identity.h"

/// Whether a reply is to be believed, whatever way it came by. Source: PROTOCOL, "A broken exchange".
namespace fieldnode::engine {

/// By what a reply is judged.
struct ReplyReader {
  Journal& journal;
  NodeIdentity const& identity;
  crypto::SignatureSuite const& suite;
};

/// Verifies a reply against what is held: its receipt is the city's and speaks of this node's journal, its entries
/// continue the feed. Entries that are held already must be the same, and are left out of what is given. The nonce is
/// the caller's affair, and so is when request and reply left.
/// Errors: `reply_not_ours`, `journal_fork`, `feed_epoch_changed`, `feed_broken`, `malformed_entry`.
[[nodiscard]] Result<SettledExchange> check_reply(ReplyReader const& reader, JournalSnapshot const& held,
                                                  wire::ExchangeReply&& reply);

/// Nonce, node or signature differ.
[[nodiscard]] Refusal reply_not_ours();

}  // namespace fieldnode::engine

#pragma once

#include "sync/engine/ledger.h"

namespace fieldnode::engine {

/// What the centre's reply says of the feed: what is left of feeds before the live one, then the live one, as far as
/// fits, with a mark in place of what the node holds by preview; while the centre waits for this unit's report, and
/// under a budget of 0, only where it stands itself.
void answer_feed(Ledger& ledger, UnitHeads const& heads, wire::ExchangeRequest const& request, std::size_t budget_bytes,
                 wire::ExchangeReply& reply);

/// What a node that begins a journal asked for: the journals before it. Only once the node has the whole feed, because
/// the keys of their salts are in it.
void answer_journals(Ledger& ledger, wire::ExchangeRequest const& request, std::size_t budget_bytes,
                     wire::ExchangeReply& reply);

}  // namespace fieldnode::engine

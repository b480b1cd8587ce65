#pragma once

#include "sync/engine/journal.h"
#include "sync/wire/exchange.h"

namespace fieldnode::engine {

/// Verifies what a reply brings of the feed against what is held, and adds it to `settled`: what is left of feeds that
/// are not live any more, then the live one, then what goes ahead of it. Entries that are held already must be the
/// same, and are left out. A feed goes on from another only where its opening names a place that is held here with the
/// same hash. Errors: `feed_broken` (an entry continues no chain, or not up to what the receipt signs),
/// `feed_epoch_changed` (the new feed does not go on from the one held), those of ListWalk.
[[nodiscard]] Result<void> read_feed(Journal& journal, ListHead const& held, wire::ExchangeReply&& reply,
                                     SettledExchange& settled);

}  // namespace fieldnode::engine

#pragma once

#include "sync/engine/exchange_server.h"

namespace fieldnode::engine {

/// A centre that was restored from a backup has lost what it appended since. It appends nothing more until the unit's
/// node, which holds the same feed, has reported: what was lost is put back where it stood, entry by entry and byte by
/// byte, proven by the centre's own receipts; then the feed goes on in a new epoch. Places, acts made on them, receipts
/// and evidence stay what they are. Source: PROTOCOL, "A centre that was restored".
class FeedReport {
 public:
  FeedReport(crypto::SignatureSuite const& suite, CityKey const& city, Ledger& ledger);

  /// Takes in what the request hands back; nothing where no report is awaited.
  /// Errors: `report_unproven` (no receipt of this centre signs the chain up to the last entry), those of ListWalk.
  [[nodiscard]] Result<void> hear(wire::ExchangeRequest const& request, UtcTime now);

 private:
  [[nodiscard]] bool is_ours(wire::Receipt const& receipt) const;
  [[nodiscard]] bool shows_a_loss(wire::ExchangeRequest const& request) const;
  [[nodiscard]] Result<void> take_back(wire::HandedBack const& back);
  [[nodiscard]] Result<void> take_entries(wire::HandedBack const& back);
  void take_receipts(wire::HandedBack const& back);
  [[nodiscard]] bool is_whole(wire::ExchangeRequest const& request);

  crypto::SignatureSuite const& suite_;
  CityKey const& city_;
  Ledger& ledger_;
  UnitHeads heads_;
};

}  // namespace fieldnode::engine

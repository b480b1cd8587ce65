#pragma once

#include "sync/crypto/suite.h"
#include "sync/engine/ledger.h"

namespace fieldnode::engine {

struct CityKey {
  std::uint64_t id{};
  crypto::KeyPair keys{};
};

/// What taking in a request did.
struct Admission {
  std::size_t admitted{};
  std::size_t ruled_against{};  ///< refusals, conflicts and set-asides appended to the feed
  bool nothing_new{};           ///< no acts came and the node's feed position is the head: a long poll may park
};

/// The centre's half of the exchange. Every call runs inside the caller's transaction on the unit's row.
class ExchangeServer {
 public:
  ExchangeServer(crypto::SignatureSuite const& suite, CityKey const& city);

  /// Verifies the signed head, appends the acts that are new, judges each, appends refusals as the very next entries.
  /// While a report is awaited no act is taken in.
  /// Errors: `unknown_node`, `bad_signature`, `journal_gap`, `journal_fork`, `malformed_entry`, those of
  /// `admit_journal` and FeedReport: nothing is kept.
  [[nodiscard]] Result<Admission> receive(Ledger& ledger, wire::ExchangeRequest const& request, UtcTime now) const;

  /// The reply to `request` from one reading of the ledger, its receipt unsigned. `received_at`: when the request was
  /// there; absent together with `now` while the centre's clock is unsure. `previews` go ahead of the feed; entries
  /// that the node holds by preview are named and not sent again.
  [[nodiscard]] wire::ExchangeReply answer(Ledger& ledger, wire::ExchangeRequest const& request,
                                           std::optional<UtcTime> received_at, std::optional<UtcTime> now,
                                           std::vector<FeedLeaf> previews = {}) const;

  /// Signs the receipt; only after the transaction that `answer` read is on disk.
  void sign(wire::ExchangeReply& reply) const;

 private:
  crypto::SignatureSuite const& suite_;
  CityKey const& city_;
};

}  // namespace fieldnode::engine

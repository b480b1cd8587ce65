#pragma once

#include "sync/engine/aside_book.h"
#include "sync/engine/exchange_server.h"

namespace fieldnode::engine {

/// The most that is kept of one revoked node: more than an office makes in months, and little enough that whoever has
/// stolen its key fills no disk.
struct AsideLimits {
  std::uint64_t acts{100'000};
  std::uint64_t bytes{std::uint64_t{128} * 1024 * 1024};
};

/// Who delivers, as the centre's row says.
struct RevokedNode {
  UnitId unit{};
  NodeId node{};
  crypto::PublicKey key{};
};

/// The centre's half of a delivery by a revoked node: its acts are kept aside, nothing is judged, nothing is given.
/// Every call runs inside the caller's transaction on the unit's row. Source: PROTOCOL, "A revoked node".
class AsideServer {
 public:
  AsideServer(crypto::SignatureSuite const& suite, CityKey const& city, AsideLimits limits = {})
      : suite_(suite), city_(city), limits_(limits) {}

  /// Keeps the acts that are new; gives how many. `received_at`: nothing while the centre's clock is unsure.
  /// Errors: `unknown_node`, `unknown_epoch`, `bad_signature`, `journal_gap`, `journal_fork`, `malformed_entry`,
  /// `aside_full`: nothing is kept.
  [[nodiscard]] Result<std::size_t> receive(AsideBook& book, RevokedNode const& from,
                                            wire::ExchangeRequest const& request,
                                            std::optional<UtcTime> received_at) const;

  /// A receipt alone, unsigned: it covers what is held, and is neither anchor nor mark; no feed stands in it.
  [[nodiscard]] wire::ExchangeReply answer(AsideBook& book, RevokedNode const& from,
                                           wire::ExchangeRequest const& request,
                                           std::optional<UtcTime> received_at) const;
  /// Only after the transaction that `answer` read is on disk.
  void sign(wire::ExchangeReply& reply) const;

 private:
  [[nodiscard]] Result<void> check_room(AsideBook& book, NodeId node, std::vector<FeedArrival> const& arrivals) const;

  crypto::SignatureSuite const& suite_;
  CityKey const& city_;
  AsideLimits limits_;
};

}  // namespace fieldnode::engine

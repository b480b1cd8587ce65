#pragma once

#include <cstdint>
#include <optional>

#include "sync/engine/ledger.h"

namespace fieldnode::engine {

/// How much is kept of one node beside the lists.
struct AsideUse {
  std::uint64_t acts{};
  std::uint64_t bytes{};
};

/// The centre's store as it keeps what a revoked node delivers, in the transaction of one delivery. A journal is seen
/// as one chain: what the centre held of it while its node was in service, and behind that what came aside.
/// Implementations: SQLite, PostgreSQL. Source: PROTOCOL, "A revoked node".
class AsideBook {
 public:
  virtual ~AsideBook() = default;

  /// The end of the chain; its start where nothing is held. Nothing when the epoch is another node's journal.
  [[nodiscard]] virtual std::optional<ListHead> head(wire::ListName const& journal) = 0;
  [[nodiscard]] virtual std::optional<Hash> hash_at(wire::ListName const& journal, std::uint64_t seq) = 0;
  /// Salt keys of an assignment; none: those of the journal's opening.
  [[nodiscard]] virtual std::optional<wire::SaltKeys> keys(wire::ListName const& journal, AssignmentId assignment) = 0;
  [[nodiscard]] virtual AsideUse use(NodeId node) = 0;
  /// Keeps an act behind the chain's end. `received_at`: nothing while the centre's clock is unsure.
  virtual void keep(wire::ListName const& journal, ActArrival const& act, std::optional<UtcTime> received_at) = 0;
  /// The node's own signature over all of it; it replaces the one before.
  virtual void keep_signed_head(wire::SignedHead const& head) = 0;
};

}  // namespace fieldnode::engine

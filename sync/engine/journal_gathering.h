#pragma once

#include "sync/engine/list_walk.h"
#include "sync/engine/node_epochs.h"
#include "sync/engine/node_identity.h"
#include "sync/wire/exchange.h"

namespace fieldnode::engine {

/// The journals before the live one, as a node that begins a new one collects them from the centre, over as many
/// exchanges as it takes. They are put in place all at once: only whoever has all of them knows which of its own acts
/// the centre lacks. What is collected is lost with the process, and asked for again.
/// Source: PROTOCOL, "Epochs".
class JournalGathering {
 public:
  JournalGathering(NodeIdentity const& identity, crypto::SignatureSuite const& suite, Journal& journal)
      : identity_(identity), suite_(suite), journal_(journal) {}

  /// What the next request says; nothing once the store has them.
  [[nodiscard]] std::optional<std::vector<wire::ChainState>> asks();
  /// Takes in what a reply brings; gives the runs once nothing is left.
  /// Errors: `journal_return_broken` (an entry continues no chain, or this node's own journal is not signed by it).
  [[nodiscard]] Result<std::optional<std::vector<ReturnedRun>>> take(wire::EarlierJournals came);

 private:
  struct Gathered {
    ListWalk walk;
    ReturnedRun run;
  };
  [[nodiscard]] Gathered* find(wire::ListName const& list);
  [[nodiscard]] Result<Gathered*> begin(wire::ListRun const& run);
  [[nodiscard]] Result<void> add(wire::ListRun run);
  [[nodiscard]] Result<void> check_whole(std::vector<wire::SignedHead> const& heads);

  NodeIdentity const& identity_;
  crypto::SignatureSuite const& suite_;
  Journal& journal_;
  std::vector<wire::ChainState> asked_;
  std::vector<Gathered> gathered_;  ///< in the order in which the centre registered them
};

}  // namespace fieldnode::engine

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sync/engine/journal.h"

namespace fieldnode::engine {

/// The node's store as healing sees it: what stands before the live journal and the live feed. Implementations: the
/// office's SQLite store. Source: PROTOCOL, "Epochs".
class NodeEpochs {
 public:
  virtual ~NodeEpochs() = default;

  /// The journals before the live one, each as far as the centre certainly holds the same; nothing once the centre has
  /// returned all of them.
  [[nodiscard]] virtual std::optional<std::vector<ListHead>> journals_asked() = 0;
  /// True where the live journal goes on from another: its opening must reach the centre before any other act of it.
  [[nodiscard]] virtual bool continues() = 0;
  /// The salt keys of a list's entries on no assignment.
  [[nodiscard]] virtual std::optional<wire::SaltKeys> opening_keys(wire::ListName const& list) = 0;

  /// The feeds, as far as each is held; the live one last.
  [[nodiscard]] virtual std::vector<ListHead> feeds() = 0;
  /// The chain of a feed at a place, in whichever of its epochs; nothing where it is not held so far.
  [[nodiscard]] virtual std::optional<Hash> feed_hash_at(Position at) = 0;
  /// What the centre has lost behind `from`: at least one entry if the centre's receipts prove any, and not much more
  /// than fits the budget. Shape: the last entry stands where one of the receipts given signs the chain.
  [[nodiscard]] virtual wire::HandedBack handed_back(Position from, std::size_t budget_bytes) = 0;
};

}  // namespace fieldnode::engine

#pragma once

#include <map>
#include <optional>

#include "sync/engine/journal.h"

namespace fieldnode::engine {

/// Walks feed entries on from a place that is held: every leaf is computed from the bytes that came.
class FeedWalk {
 public:
  FeedWalk(Journal& journal, wire::ChainState start) : journal_(journal), chain_(start) {}

  /// The next entry with its leaf and the chain there. Errors: `malformed_entry`, `missing_salt_keys`.
  [[nodiscard]] Result<FeedArrival> step(wire::EncodedEntry&& entry);

  [[nodiscard]] wire::ChainState const& chain() const { return chain_; }

 private:
  [[nodiscard]] Result<std::optional<wire::SaltKeys>> keys_for(rules::Skeleton const& skeleton,
                                                               wire::EncodedEntry const& entry);

  Journal& journal_;
  wire::ChainState chain_;
  std::map<AssignmentId, wire::SaltKeys> fresh_;
};

}  // namespace fieldnode::engine

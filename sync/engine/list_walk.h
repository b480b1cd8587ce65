#pragma once

#include <functional>
#include <map>

#include "sync/engine/journal.h"

namespace fieldnode::engine {

/// Walks received entries on from a held place of their list: every leaf is computed from the bytes that came.
class ListWalk {
 public:
  /// The salt keys held of an assignment; none: those of the list's opening.
  using KeysHeld = std::function<std::optional<wire::SaltKeys>(AssignmentId)>;

  ListWalk(wire::ChainState held, KeysHeld keys_held) : chain_(held), keys_held_(std::move(keys_held)) {}

  /// Another list of the unit follows in the same message: what it says of an assignment hangs on keys that came
  /// before.
  void go_on_in(wire::ChainState held);
  /// Errors: `malformed_entry`, `malformed_part`, `missing_salt_keys`.
  [[nodiscard]] Result<FeedArrival> step(wire::EncodedEntry entry);
  /// The next entry, which is held already, without its bytes.
  [[nodiscard]] FeedArrival step_held(FeedArrival held);
  /// An entry further on: its leaf; the walk stands where it stood. Errors: as `step`.
  [[nodiscard]] Result<PreviewArrival> look_ahead(std::uint64_t seq, wire::EncodedEntry entry);
  [[nodiscard]] wire::ChainState const& chain() const { return chain_; }

 private:
  [[nodiscard]] Result<std::optional<wire::SaltKeys>> keys_for(std::uint64_t seq, rules::Skeleton const& skeleton,
                                                               wire::EncodedEntry const& entry);

  wire::ChainState chain_;
  KeysHeld keys_held_;
  std::map<AssignmentId, wire::SaltKeys> fresh_;
};

}  // namespace fieldnode::engine

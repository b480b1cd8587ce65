#include "sync/engine/list_walk.h"

namespace fieldnode::engine {

void ListWalk::go_on_in(wire::ChainState held) {
  chain_ = held;
  fresh_.erase(AssignmentId{});  // the other list's opening has them for that one alone
}

Result<FeedArrival> ListWalk::step(wire::EncodedEntry entry) {
  auto skeleton = wire::decode_skeleton(entry.skeleton);
  if (!skeleton) return skeleton.error();
  auto const keys = keys_for(chain_.seq + 1, *skeleton, entry);
  if (!keys) return keys.error();
  auto const leaf = wire::leaf_of(entry, chain_.list, chain_.seq + 1, *keys);
  if (!leaf) return leaf.error();
  chain_.advance(*leaf);
  return FeedArrival{chain_.seq, *leaf, chain_.hash, std::move(*skeleton), std::move(entry)};
}

FeedArrival ListWalk::step_held(FeedArrival held) {
  chain_.advance(held.leaf);
  held.hash = chain_.hash;
  return held;
}

Result<PreviewArrival> ListWalk::look_ahead(std::uint64_t seq, wire::EncodedEntry entry) {
  auto skeleton = wire::decode_skeleton(entry.skeleton);
  if (!skeleton) return skeleton.error();
  auto const keys = keys_for(seq, *skeleton, entry);
  if (!keys) return keys.error();
  auto const leaf = wire::leaf_of(entry, chain_.list, seq, *keys);
  if (!leaf) return leaf.error();
  return PreviewArrival{seq, *leaf, *std::move(skeleton), std::move(entry)};
}

/// An entry that brings its keys is salted with them. What follows must find them here, because the store does not hold
/// them yet: those of the first entry on the assignment that has any, until a redact destroys them; on the unit as a
/// whole those of this list's own opening, whatever another list had.
Result<std::optional<wire::SaltKeys>> ListWalk::keys_for(std::uint64_t seq, rules::Skeleton const& skeleton,
                                                         wire::EncodedEntry const& entry) {
  auto own = wire::own_keys(chain_.list.kind, seq, skeleton.kind, entry);
  if (!own) return own.error();
  auto const fresh = fresh_.find(skeleton.assignment);
  auto const known = fresh == fresh_.end() ? keys_held_(skeleton.assignment) : std::optional(fresh->second);
  if (!*own) return known;
  bool const opens = seq == 1;
  if (opens || !known || skeleton.kind == rules::EntryKind::kRedact)
    fresh_.insert_or_assign(skeleton.assignment, **own);
  return own;
}

}  // namespace fieldnode::engine

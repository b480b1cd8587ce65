#include "sync/engine/list_walk.h"

namespace fieldnode::engine {
namespace {

bool brings_keys(rules::EntryKind kind) {
  return kind == rules::EntryKind::kDispatch || kind == rules::EntryKind::kFeedOpening ||
         kind == rules::EntryKind::kJournalOpening;
}

}  // namespace

Result<FeedArrival> ListWalk::step(wire::EncodedEntry entry) {
  auto skeleton = wire::decode_skeleton(entry.skeleton);
  if (!skeleton) return skeleton.error();
  auto const keys = keys_for(*skeleton, entry);
  if (!keys) return keys.error();
  auto const leaf = wire::leaf_of(entry, chain_.list, chain_.seq + 1, *keys);
  if (!leaf) return leaf.error();
  chain_.advance(*leaf);
  return FeedArrival{chain_.seq, *leaf, chain_.hash, std::move(*skeleton), std::move(entry)};
}

/// A dispatch or an opening brings its keys itself; what follows must find them here, because the store does not hold
/// them yet.
Result<std::optional<wire::SaltKeys>> ListWalk::keys_for(rules::Skeleton const& skeleton,
                                                         wire::EncodedEntry const& entry) {
  auto const known = fresh_.find(skeleton.assignment);
  if (known != fresh_.end()) return std::optional(known->second);
  if (brings_keys(skeleton.kind) && entry.contact.form == wire::PartForm::kWhole) {
    auto const contact = wire::decode_contact(entry.contact.bytes);
    if (!contact) return contact.error();
    if (contact->keys) {
      fresh_.emplace(skeleton.assignment, *contact->keys);
      return contact->keys;
    }
  }
  return keys_held_(skeleton.assignment);
}

}  // namespace fieldnode::engine

#include "node/lists/chain_check.h"

#include <fmt/format.h>

namespace fieldnode::lists {
namespace {

Refusal broken(ListRow const& list, std::uint64_t seq, std::string_view what) {
  return refuse("chain_broken",
                fmt::format("The chain breaks at {}: {}. Keep this database as it is, and restore the last backup that "
                            "verifies; the other end holds the same list.",
                            place_of(list.head.list, seq), what));
}

}  // namespace

Result<void> ChainCheck::walk(ListRow const& list) {
  opening_.reset();
  seq_ = 0;
  hash_ = wire::chain_start(list.head.list);
  auto select = rows_.after(list, 0);
  for (auto const row : select) {
    bool const is_ahead = list.head.list.kind == wire::ListKind::kFeed && row.get<std::uint64_t>(0) > list.head.seq;
    if (auto const sound = is_ahead ? check_ahead(list, row) : check_row(list, row); !sound) return sound;
  }
  if (seq_ < list.head.seq) {
    return broken(list, seq_ + 1, fmt::format("it is missing, the list is held up to {}", list.head.seq));
  }
  if (seq_ > list.head.seq) return broken(list, seq_, fmt::format("the list ends at {}", list.head.seq));
  if (hash_ != list.head.hash) return broken(list, seq_, "the hash kept as the list's head is another");
  return {};
}

Result<void> ChainCheck::check_row(ListRow const& list, db::Row const& row) {
  auto const found = row.get<std::uint64_t>(0);
  if (found != seq_ + 1) return broken(list, seq_ + 1, fmt::format("it is missing, the next one is {}", found));
  auto const entry = rows_.read(list, row);
  if (!entry) return broken(list, found, entry.error().sentence);
  return check_entry(list, *entry);
}

/// Held ahead of its list: its content must give its leaf, its place is proven when the list has come to it.
Result<void> ChainCheck::check_ahead(ListRow const& list, db::Row const& row) {
  auto const found = row.get<std::uint64_t>(0);
  auto const entry = rows_.read(list, row);
  if (!entry) return broken(list, found, entry.error().sentence);
  auto const leaf = leaf_of(list, *entry);
  if (!leaf) return leaf.error();
  return {};
}

Result<Hash> ChainCheck::leaf_of(ListRow const& list, StoredEntry const& entry) {
  auto const seq = entry.at.seq;
  auto const own = wire::own_keys(list.head.list.kind, seq, entry.skeleton.kind, entry.entry);
  if (!own) return broken(list, seq, own.error().sentence);
  if (*own) remember(entry, **own);
  auto const leaf = wire::leaf_of(entry.entry, list.head.list, seq, *own ? *own : keys_for(entry.skeleton.assignment));
  if (!leaf) return broken(list, seq, leaf.error().sentence);
  if (*leaf != entry.leaf) return broken(list, seq, "its content (skeleton, body or contact) does not give its leaf");
  return *leaf;
}

Result<void> ChainCheck::check_entry(ListRow const& list, StoredEntry const& entry) {
  auto const seq = entry.at.seq;
  auto const leaf = leaf_of(list, entry);
  if (!leaf) return leaf.error();
  hash_ = wire::chain_next(hash_, *leaf);
  if (hash_ != entry.hash) return broken(list, seq, "its hash does not follow from its leaf and the entry before");
  seq_ = seq;
  return {};
}

void ChainCheck::remember(StoredEntry const& entry, wire::SaltKeys const& keys) {
  if (entry.at.seq == 1) opening_ = keys;
  if (entry.skeleton.assignment) keys_.try_emplace(entry.skeleton.assignment, keys);
}

std::optional<wire::SaltKeys> ChainCheck::keys_for(AssignmentId assignment) const {
  if (!assignment) return opening_;
  auto const found = keys_.find(assignment);
  if (found == keys_.end()) return std::nullopt;
  return found->second;
}

}  // namespace fieldnode::lists

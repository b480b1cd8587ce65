#pragma once

#include <span>
#include <vector>

#include "node/lists/entry_lists.h"
#include "sync/engine/journal.h"

namespace fieldnode::office {

/// Appends verified feed entries, in the caller's transaction.
class FeedArrivals {
 public:
  FeedArrivals(db::Connection& connection, lists::EntryLists lists, wire::Receipt const& receipt)
      : connection_(connection), lists_(std::move(lists)), receipt_(receipt) {}

  /// What is held already changes nothing. Errors: `feed_gap`; those of EntryLists::apply_redact.
  [[nodiscard]] Result<void> take(wire::ListName const& feed, std::span<engine::FeedArrival const> entries);
  /// Keeps what came ahead of the feed. Errors: `feed_broken` where another entry was sent ahead before; as above.
  [[nodiscard]] Result<void> take_ahead(wire::ListName const& feed, std::span<engine::PreviewArrival const> previews);
  /// The assignments on which something came.
  [[nodiscard]] std::vector<AssignmentId> touched() && { return std::move(touched_); }

 private:
  [[nodiscard]] Result<void> take(wire::ListName const& feed, engine::FeedArrival const& entry);
  [[nodiscard]] Result<void> redact(Position at, rules::EntryKind kind);
  void touch(AssignmentId id);

  db::Connection& connection_;
  lists::EntryLists lists_;
  wire::Receipt const& receipt_;
  std::vector<AssignmentId> touched_;
};

}  // namespace fieldnode::office

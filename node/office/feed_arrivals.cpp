#include "node/office/feed_arrivals.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/office/deliveries.h"

namespace fieldnode::office {

using wire::ListKind;

namespace {

/// A receipt without times brings work all the same; when it came is then not known.
void note_delivery(db::Connection& connection, rules::Skeleton const& entry, wire::Receipt const& receipt) {
  if (entry.kind != rules::EntryKind::kDispatch || !receipt.sent_at) return;
  Deliveries(connection).keep(entry.assignment, *receipt.sent_at);
}

Refusal feed_gap(std::uint64_t held, std::uint64_t came) {
  return refuse("feed_gap", fmt::format("The feed is held up to entry {}, and entry {} came next; nothing of the reply "
                                        "was taken over. The next exchange asks again.",
                                        held, came));
}

/// Nobody knows which of the two is right, and acts may rest on the first.
Refusal preview_contradicted(std::uint64_t seq) {
  return refuse("feed_broken",
                fmt::format("Entry {} of the feed is not the one that the centre sent ahead; nothing of the reply was "
                            "taken over, what was done stays. Tell the centre's operator.",
                            seq));
}

}  // namespace

Result<void> FeedArrivals::take(wire::ListName const& feed, std::span<engine::FeedArrival const> entries) {
  if (entries.empty()) return {};  // a feed is known by its opening
  lists_.open(feed);
  for (auto const& entry : entries) {
    if (auto const taken = take(feed, entry); !taken) return taken;
  }
  return {};
}

Result<void> FeedArrivals::take(wire::ListName const& feed, engine::FeedArrival const& entry) {
  auto const held = lists_.head(ListKind::kFeed, feed.epoch)->seq;
  if (entry.seq <= held) return {};
  if (entry.seq != held + 1) return feed_gap(held, entry.seq);
  Position const at{feed.epoch, entry.seq};
  if (lists_.contradicts_ahead(at, entry.leaf)) return preview_contradicted(entry.seq);
  lists_.append_received(ListKind::kFeed, {at, entry.leaf, entry.hash, entry.skeleton, entry.entry});
  note_delivery(connection_, entry.skeleton, receipt_);
  if (auto const redacted = redact(at, entry.skeleton.kind); !redacted) return redacted;
  touch(entry.skeleton.assignment);
  return {};
}

Result<void> FeedArrivals::take_ahead(wire::ListName const& feed, std::span<engine::PreviewArrival const> previews) {
  for (auto const& preview : previews) {
    Position const at{feed.epoch, preview.seq};
    if (lists_.contradicts_ahead(at, preview.leaf)) return preview_contradicted(preview.seq);
    lists_.append_ahead({at, preview.leaf, {}, preview.skeleton, preview.entry});
    note_delivery(connection_, preview.skeleton, receipt_);
    if (auto const redacted = redact(at, preview.skeleton.kind); !redacted) return redacted;
    touch(preview.skeleton.assignment);
  }
  return {};
}

/// Ahead of the feed, too: what is to be gone does not wait for it.
Result<void> FeedArrivals::redact(Position at, rules::EntryKind kind) {
  if (kind != rules::EntryKind::kRedact) return {};
  auto applied = lists_.apply_redact(at);
  if (!applied && applied.error().code == "redact_target_missing") return {};
  return applied;
}

void FeedArrivals::touch(AssignmentId id) {
  if (id && std::ranges::find(touched_, id) == touched_.end()) touched_.push_back(id);
}

}  // namespace fieldnode::office

#include "sync/engine/feed_reading.h"

#include <fmt/format.h>

#include <variant>

#include "sync/engine/list_walk.h"
#include "sync/engine/node_epochs.h"
#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

Refusal feed_broken(std::uint64_t seq) {
  return refuse("feed_broken",
                fmt::format("The centre's reply does not continue the feed held here at entry {}: nothing of it was "
                            "taken over. If it happens again, tell the centre's operator.",
                            seq));
}

Refusal not_held(std::uint64_t seq) {
  return refuse("feed_broken",
                fmt::format("The centre names entry {} of the feed as held here by preview, and it is not; nothing of "
                            "the reply was taken over. If it happens again, tell the centre's operator.",
                            seq));
}

Refusal feed_epoch_changed() {
  return refuse("feed_epoch_changed",
                "The centre has opened a new feed that does not go on from the one held here. This node keeps what it "
                "holds; tell the centre's operator.");
}

class FeedReader {
 public:
  FeedReader(Journal& journal, ListHead const& held, SettledExchange& settled)
      : journal_(journal), held_(held), settled_(settled) {}

  Result<void> earlier(wire::ListRun run) {
    if (run.list.kind != wire::ListKind::kFeed || run.list.unit != settled_.feed.unit) return feed_broken(run.first);
    std::vector<wire::FeedItem> items;
    for (auto& entry : run.entries) items.push_back({false, std::move(entry)});
    bool const brings = !items.empty();
    auto entries = walk(run.list, run.first, std::move(items));
    if (!entries) return entries.error();
    if (brings) bound_.push_back({walk_.chain().seq, walk_.chain().hash});
    settled_.earlier_feeds.push_back({run.list, run.end, *std::move(entries)});
    return {};
  }

  /// Up to the place that the receipt signs.
  Result<void> live(std::uint64_t first, std::vector<wire::FeedItem> items) {
    auto const& receipt = settled_.receipt;
    auto const begin = items.empty() ? receipt.answer_seq + 1 : first;
    auto arrivals = walk(settled_.feed, begin, std::move(items));
    if (!arrivals) return arrivals.error();
    settled_.feed_entries = *std::move(arrivals);
    auto const& end = walk_.chain();
    if (end.seq != receipt.answer_seq || end.hash != receipt.answer_hash) return feed_broken(receipt.answer_seq);
    return {};
  }

  /// What came ahead of the live feed, and of earlier ones before the live one's opening proves their ends, is what the
  /// receipt commits the centre to; whether it stands in the chain the feed will show. Its salts hang on the feed's
  /// opening, so nothing goes ahead of that.
  Result<void> ahead(std::vector<wire::Preview> previews) {
    bool const too_early = !previews.empty() && (held_.seq == 0 || held_.list.epoch != settled_.feed.epoch);
    bool const from_older_centre = previews.empty() && settled_.receipt.previewed == Hash{};
    for (auto& preview : previews) {
      auto arrival = walk_.look_ahead(preview.seq, std::move(preview.entry));
      if (!arrival) return arrival.error();
      bound_.push_back({arrival->seq, arrival->leaf});
      if (arrival->seq > held_.seq) settled_.previews.push_back(*std::move(arrival));
    }
    bool const is_bound = from_older_centre || wire::previewed_hash(bound_) == settled_.receipt.previewed;
    if (too_early || !is_bound) return feed_broken(held_.seq + 1);
    return {};
  }

  /// The chain at a place, of what is held or has just come.
  std::optional<Hash> hash_at(Position at) {
    for (auto const& run : settled_.earlier_feeds) {
      if (run.list.epoch != at.epoch) continue;
      for (auto const& entry : run.entries) {
        if (entry.seq == at.seq) return entry.hash;
      }
    }
    return journal_.epochs().feed_hash_at(at);
  }

 private:
  std::optional<wire::SaltKeys> keys_held(AssignmentId id) {
    return id ? journal_.feed_keys(id) : journal_.epochs().opening_keys(walk_.chain().list);
  }

  Result<FeedArrival> step(wire::FeedItem item) {
    if (!item.held) return walk_.step(std::move(item.entry));
    auto const seq = walk_.chain().seq + 1;
    auto held = journal_.feed_entry({walk_.chain().list.epoch, seq});
    if (!held) return not_held(seq);
    return walk_.step_held(*std::move(held));
  }

  Result<std::vector<FeedArrival>> walk(wire::ListName const& list, std::uint64_t first,
                                        std::vector<wire::FeedItem> items) {
    auto const start = start_of(list, first);
    if (!start) return feed_broken(first);
    walk_.go_on_in(*start);
    bool const goes_on = list.epoch == held_.list.epoch;
    std::vector<FeedArrival> arrivals;
    for (auto& item : items) {
      auto arrival = step(std::move(item));
      if (!arrival) return arrival.error();
      if (goes_on && arrival->seq == held_.seq && arrival->hash != held_.hash) return feed_broken(arrival->seq);
      if (!goes_on || arrival->seq > held_.seq) arrivals.push_back(std::move(*arrival));
    }
    if (!goes_on && !arrivals.empty() && !goes_on_from_known(arrivals.front())) return feed_epoch_changed();
    return arrivals;
  }

  /// The chain at the place behind which entries stand; nothing if that place is not held.
  std::optional<wire::ChainState> start_of(wire::ListName const& list, std::uint64_t first) {
    if (first == 0) return std::nullopt;
    if (list.epoch == held_.list.epoch && first == held_.seq + 1) return held_;
    if (list.epoch != held_.list.epoch) return first == 1 ? std::optional(wire::ChainState::start(list)) : std::nullopt;
    auto const hash = first > held_.seq ? std::nullopt : journal_.epochs().feed_hash_at({list.epoch, first - 1});
    return hash ? std::optional(wire::ChainState{list, first - 1, *hash}) : std::nullopt;
  }

  bool goes_on_from_known(FeedArrival const& first) {
    auto const* const opening = std::get_if<rules::Opening>(&first.skeleton.payload);
    if (opening == nullptr) return false;
    if (!opening->parent.epoch) return !held_.list.epoch && settled_.earlier_feeds.empty();
    return hash_at(opening->parent) == opening->parent_hash;
  }

  Journal& journal_;
  ListHead const& held_;
  SettledExchange& settled_;
  std::vector<wire::PreviewedLeaf> bound_;  ///< by the receipt's `previewed`
  /// One for all lists of the reply: the store does not hold yet what came before in it.
  ListWalk walk_{{}, [this](AssignmentId id) { return keys_held(id); }};
};

}  // namespace

Result<void> read_feed(Journal& journal, ListHead const& held, wire::ExchangeReply&& reply, SettledExchange& settled) {
  auto const& receipt = reply.receipt;
  FeedReader reader(journal, held, settled);
  if (reply.report_wanted) {
    // The centre has lost entries; what it still holds must be what is held here, as far as it is.
    auto const held_there = reader.hash_at({receipt.feed_epoch, receipt.answer_seq});
    if (held_there && *held_there != receipt.answer_hash) return feed_broken(receipt.answer_seq);
    return {};
  }
  for (auto& run : reply.earlier_feeds) {
    if (auto const read = reader.earlier(std::move(run)); !read) return read;
  }
  bool const is_new = receipt.feed_epoch != held.list.epoch;
  if (is_new && reply.feed.empty() && receipt.answer_seq > 0) return feed_epoch_changed();
  if (auto const read = reader.live(reply.first_entry, std::move(reply.feed)); !read) return read;
  return reader.ahead(std::move(reply.previews));
}

}  // namespace fieldnode::engine

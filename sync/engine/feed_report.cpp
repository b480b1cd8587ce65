#include "sync/engine/feed_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "sync/engine/list_walk.h"
#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

bool signs(wire::Receipt const& receipt, wire::ChainState const& chain) {
  if (receipt.feed_epoch != chain.list.epoch) return false;
  return (receipt.feed_head_seq == chain.seq && receipt.feed_head_hash == chain.hash) ||
         (receipt.answer_seq == chain.seq && receipt.answer_hash == chain.hash);
}

/// A feed that the centre opened after the backup goes on from the end of the one that it still has.
bool goes_on_from(wire::ChainState const& held, FeedArrival const& first) {
  auto const* const opening = std::get_if<rules::Opening>(&first.skeleton.payload);
  return opening != nullptr && opening->parent == Position{held.list.epoch, held.seq} &&
         opening->parent_hash == held.hash;
}

}  // namespace

FeedReport::FeedReport(crypto::SignatureSuite const& suite, CityKey const& city, Ledger& ledger)
    : suite_(suite), city_(city), ledger_(ledger), heads_(ledger.heads()) {}

Result<void> FeedReport::hear(wire::ExchangeRequest const& request, UtcTime now) {
  auto& epochs = ledger_.epochs();
  if (!epochs.awaits_report()) {
    if (!shows_a_loss(request)) return {};
    epochs.await_reports(now);
  }
  if (request.handed_back) {
    if (auto const taken = take_back(*request.handed_back); !taken) return taken;
  }
  if (!is_whole(request)) return {};
  auto const feed = ledger_.heads().feed;
  std::uint64_t greatest = feed.seq;
  if (request.handed_back) {
    for (auto const& receipt : request.handed_back->receipts) {
      if (receipt.feed_epoch == feed.list.epoch && is_ours(receipt))
        greatest = std::max(greatest, receipt.feed_head_seq);
    }
  }
  epochs.resume_feed(greatest - feed.seq, now);
  return {};
}

bool FeedReport::is_ours(wire::Receipt const& receipt) const {
  return receipt.key_id == city_.id && receipt.unit == heads_.unit &&
         wire::verify_receipt(receipt, suite_, city_.keys.public_key).has_value();
}

/// A receipt of the centre's own that covers more than the centre holds: it was rolled back behind its own back.
bool FeedReport::shows_a_loss(wire::ExchangeRequest const& request) const {
  if (!request.greatest || !is_ours(*request.greatest)) return false;
  auto const& receipt = *request.greatest;
  if (receipt.feed_epoch != heads_.feed.list.epoch) return false;
  bool const acts = receipt.journal_epoch == heads_.journal.list.epoch && receipt.journal_seq > heads_.journal.seq;
  return acts || receipt.feed_head_seq > heads_.feed.seq;
}

Result<void> FeedReport::take_back(wire::HandedBack const& back) {
  if (!back.feed.entries.empty()) {
    if (auto const taken = take_entries(back); !taken) return taken;
  }
  take_receipts(back);
  return {};
}

Result<void> FeedReport::take_entries(wire::HandedBack const& back) {
  auto& epochs = ledger_.epochs();
  auto const& run = back.feed;
  bool const goes_on = run.list.epoch == heads_.feed.list.epoch;
  auto const start = goes_on ? heads_.feed : wire::ChainState::start(run.list);
  // A repeat, or an answer to an older question: the reply says again where the centre stands.
  if (run.list.kind != wire::ListKind::kFeed || run.list.unit != heads_.unit || run.first != start.seq + 1) return {};
  ListWalk walk(start, [&](AssignmentId id) { return epochs.feed_keys(id); });
  std::vector<FeedArrival> entries;
  for (auto const& entry : run.entries) {
    auto arrival = walk.step(entry);
    if (!arrival) return arrival.error();
    entries.push_back(std::move(*arrival));
  }
  bool const proven = std::ranges::any_of(
      back.receipts, [&](wire::Receipt const& receipt) { return signs(receipt, walk.chain()) && is_ours(receipt); });
  if (!proven || (!goes_on && !goes_on_from(heads_.feed, entries.front()))) {
    return refuse("report_unproven",
                  fmt::format("The node hands back feed entries {} to {}, but no receipt of this centre signs them: "
                              "none was taken in. An operator must look at both.",
                              run.first, walk.chain().seq));
  }
  for (auto const& entry : entries) {
    if (auto const taken = epochs.readopt(run.list, entry); !taken) return taken;
  }
  epochs.note_judged(entries.back().skeleton.basis);
  return {};
}

/// What a receipt covers whose feed head is held again was judged, and every word on it is in the feed.
void FeedReport::take_receipts(wire::HandedBack const& back) {
  auto& epochs = ledger_.epochs();
  for (auto const& receipt : back.receipts) {
    if (!is_ours(receipt)) continue;
    epochs.readopt(receipt);
    if (epochs.hash_at(wire::ListKind::kFeed, {receipt.feed_epoch, receipt.feed_head_seq}) == receipt.feed_head_hash) {
      epochs.note_judged({receipt.journal_epoch, receipt.journal_seq});
    }
  }
}

/// The node holds no more than the centre, or can prove no more. It says so after the restore: a message of before that
/// comes late, or on a stick, would end the report with all that the node got since. Whoever has had an answer since
/// knows that it is later.
bool FeedReport::is_whole(wire::ExchangeRequest const& request) {
  if (request.clock.earliest < ledger_.epochs().awaits_report_since()) return false;
  if (request.handed_back) return request.handed_back->feed.entries.empty();
  auto const feed = ledger_.heads().feed;
  bool const same_feed = !request.feed.epoch || request.feed.epoch == feed.list.epoch;
  return same_feed && request.feed.seq < feed.seq;
}

}  // namespace fieldnode::engine

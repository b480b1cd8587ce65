#include "sync/engine/earlier_lists.h"

#include <algorithm>

#include "sync/base/check.h"

namespace fieldnode::engine {
namespace {

std::size_t size_of(std::vector<wire::EncodedEntry> const& entries) {
  std::size_t size = 0;
  for (auto const& entry : entries) {
    size += entry.skeleton.size() + entry.body.bytes.size() + entry.contact.bytes.size();
  }
  return size;
}

/// A run from behind `from`, as far as the budget reaches.
wire::ListRun run_after(UnitEpochs& epochs, EpochRun const& run, std::uint64_t from, std::size_t& budget) {
  wire::ListRun part{run.head.list, run.end, from + 1, {}};
  if (from < run.end) part.entries = epochs.entries_after(run.head.list.kind, {run.head.list.epoch, from}, budget);
  part.entries.resize(std::min<std::size_t>(part.entries.size(), run.end - std::min(from, run.end)));
  budget -= std::min(budget, size_of(part.entries));
  return part;
}

bool is_whole(wire::ListRun const& run) { return run.first + run.entries.size() > run.end; }

/// The runs behind the node's place but for the live one. False: there is more of them.
bool answer_earlier(UnitEpochs& epochs, std::vector<EpochRun> const& runs, Position held, std::size_t& budget,
                    wire::ExchangeReply& reply) {
  bool found = !held.epoch;
  for (auto const& run : runs) {
    bool const here = run.head.list.epoch == held.epoch;
    found = found || here;
    if (!found || run.head.list.epoch == runs.back().head.list.epoch) continue;
    auto const from = here ? std::min(held.seq, run.end) : 0;
    if (from == run.end) continue;
    reply.earlier_feeds.push_back(run_after(epochs, run, from, budget));
    if (!is_whole(reply.earlier_feeds.back())) return false;
  }
  return true;
}

/// Where the node is found to hold the same; 0: nowhere.
std::uint64_t common(UnitEpochs& epochs, EpochRun const& run, std::vector<wire::ChainState> const& held) {
  auto const asked = std::ranges::find(held, run.head.list, &wire::ChainState::list);
  if (asked == held.end() || asked->seq > run.end) return 0;
  auto const hash = epochs.hash_at(run.head.list.kind, {run.head.list.epoch, asked->seq});
  return hash == asked->hash ? asked->seq : 0;
}

}  // namespace

void answer_feed(Ledger& ledger, UnitHeads const& heads, wire::ExchangeRequest const& request, std::size_t budget_bytes,
                 wire::ExchangeReply& reply) {
  auto& receipt = reply.receipt;
  auto& epochs = ledger.epochs();
  auto const live = heads.feed.list.epoch;
  bool const waits = epochs.awaits_report();
  auto const runs = epochs.feeds();
  bool const known = !request.feed.epoch || std::ranges::any_of(runs, [&](EpochRun const& run) {
    return run.head.list.epoch == request.feed.epoch;
  });
  if (waits) reply.report_wanted = wire::ReportWanted{heads.feed};
  receipt.answer_seq = heads.feed.seq;
  bool gives = !waits && known && budget_bytes > 0;
  if (!waits && known) receipt.answer_seq = 0;
  if (request.feed.epoch == live) receipt.answer_seq = std::min(request.feed.seq, heads.feed.seq);
  if (gives) gives = answer_earlier(epochs, runs, request.feed, budget_bytes, reply);
  if (gives) {
    reply.first_entry = receipt.answer_seq + 1;
    for (auto& entry : ledger.feed_after(receipt.answer_seq, budget_bytes)) {
      ++receipt.answer_seq;
      bool const held =
          request.feed.epoch == live && std::ranges::binary_search(request.previewed_seqs, receipt.answer_seq);
      reply.feed.push_back(held ? wire::FeedItem{.held = true, .entry = {}} : wire::FeedItem{false, std::move(entry)});
    }
  }
  auto const answer_hash = ledger.feed_hash_at(receipt.answer_seq);
  check(answer_hash.has_value(), "a feed entry has no hash");
  receipt.answer_hash = *answer_hash;
  reply.more = waits || receipt.answer_seq < heads.feed.seq;
}

void answer_journals(Ledger& ledger, wire::ExchangeRequest const& request, std::size_t budget_bytes,
                     wire::ExchangeReply& reply) {
  if (!request.journals_held || reply.more || reply.report_wanted) return;
  auto const feed = ledger.heads().feed;
  if (request.feed.epoch != feed.list.epoch || request.feed.seq != feed.seq) return;
  auto& epochs = ledger.epochs();
  auto& earlier = reply.earlier_journals.emplace();
  auto const journals = epochs.journals();
  for (auto const& run : journals) {
    if (run.head.list.epoch == journals.back().head.list.epoch) break;
    earlier.runs.push_back(run_after(epochs, run, common(epochs, run, *request.journals_held), budget_bytes));
    if (!is_whole(earlier.runs.back())) return;
    if (auto const head = epochs.signed_head(run.head.list)) earlier.heads.push_back(*head);
  }
  earlier.complete = true;
}

}  // namespace fieldnode::engine

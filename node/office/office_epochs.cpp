#include "node/office/office_epochs.h"

#include <algorithm>
#include <set>

#include "node/db/transaction.h"
#include "node/lists/list_register.h"
#include "node/office/journal_state.h"
#include "node/office/receipts.h"

namespace fieldnode::office {

using wire::ListKind;

namespace {

/// A report's last portion brings what the newest receipts say; older ones a backup has.
constexpr std::size_t kReceiptsMost = 512;

/// A feed and how far it counts: what stands aside here is not what the next one goes on from.
struct FeedRun {
  wire::ListName list;
  std::uint64_t end{};
};

/// The feed from which to hand back: the one asked for, or the next where that one is told to its end.
std::optional<FeedRun> feed_behind(lists::ListRegister& lists, Position& from) {
  bool found = !from.epoch;
  for (auto const& list : lists.all(ListKind::kFeed)) {
    FeedRun const run{list.head.list, std::min(list.head.seq, lists.run_end(list))};
    bool const here = run.list.epoch == from.epoch;
    if (here && run.end > from.seq) return run;
    if (found && run.end > 0) {
      from = {run.list.epoch, 0};
      return run;
    }
    found = found || here;
  }
  return std::nullopt;
}

/// Places of the feed behind `from` at which a receipt signs the chain.
std::set<std::uint64_t> signed_places(std::vector<wire::Receipt> const& receipts, Position from) {
  std::set<std::uint64_t> places;
  for (auto const& receipt : receipts) {
    if (receipt.feed_epoch != from.epoch) continue;
    for (auto const seq : {receipt.feed_head_seq, receipt.answer_seq}) {
      if (seq > from.seq) places.insert(seq);
    }
  }
  return places;
}

/// The farthest signed place that fits, else the next one.
std::uint64_t end_of_portion(std::set<std::uint64_t> const& places, std::uint64_t fits, std::uint64_t held) {
  auto behind = places.upper_bound(std::min(fits, held));
  if (behind != places.begin()) return *std::prev(behind);
  return behind != places.end() && *behind <= held ? *behind : 0;
}

}  // namespace

std::optional<std::vector<engine::ListHead>> OfficeEpochs::journals_asked() {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  JournalState state(*lease);
  if (state.journals_known()) return std::nullopt;
  auto const live = state.live();
  auto lists = lists_on(*lease);
  std::vector<engine::ListHead> asked;
  for (auto const& list : lists::ListRegister(*lease, unit_).all(ListKind::kJournal)) {
    auto head = list.head;
    if (head.list.epoch == live) continue;
    // Behind what a receipt covers another copy of this node may have sent other acts.
    if (head.list.node == node_) {
      head.seq = Receipts(*lease, head.list.epoch).covered_seq();
      head.hash = lists.hash_at(ListKind::kJournal, Position{head.list.epoch, head.seq}).value_or(Hash{});
    }
    asked.push_back(head);
  }
  return asked;
}

bool OfficeEpochs::continues() {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  auto const first = lists_on(*lease).skeleton_at(ListKind::kJournal, {JournalState(*lease).live(), 1});
  auto const* const opening = first ? std::get_if<rules::Opening>(&first->payload) : nullptr;
  return opening != nullptr && opening->parent.epoch;
}

std::optional<wire::SaltKeys> OfficeEpochs::opening_keys(wire::ListName const& list) {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  return lists_on(*lease).opening_keys(list.kind, list.epoch);
}

std::vector<engine::ListHead> OfficeEpochs::feeds() {
  auto const lease = readers_.lease();
  std::vector<engine::ListHead> heads;
  for (auto const& list : lists::ListRegister(*lease, unit_).all(ListKind::kFeed)) heads.push_back(list.head);
  return heads;
}

std::optional<Hash> OfficeEpochs::feed_hash_at(Position at) {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  return lists_on(*lease).hash_at(ListKind::kFeed, at);
}

wire::HandedBack OfficeEpochs::handed_back(Position from, std::size_t budget_bytes) {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  auto lists = lists_on(*lease);
  lists::ListRegister list_register(*lease, unit_);
  auto receipts = all_receipts(*lease);
  wire::HandedBack back;
  if (auto const run = feed_behind(list_register, from)) {
    auto const places = signed_places(receipts, from);
    auto entries = lists.after(ListKind::kFeed, from, budget_bytes);
    auto const end = end_of_portion(places, from.seq + entries.size(), run->end);
    if (end > from.seq + entries.size()) entries = lists.after(ListKind::kFeed, from, wire::kMessageMaxBytes / 2);
    entries.resize(std::min<std::size_t>(entries.size(), end - std::min(end, from.seq)));
    back.feed = {run->list, run->end, from.seq + 1, std::move(entries)};
    if (!back.feed.entries.empty()) {
      std::erase_if(receipts, [&](wire::Receipt const& receipt) {
        bool const in_portion = receipt.feed_head_seq > from.seq && receipt.feed_head_seq <= end;
        return receipt.feed_epoch != from.epoch || !(in_portion || receipt.answer_seq == end);
      });
    }
  }
  auto const most = std::min(receipts.size(), kReceiptsMost);
  back.receipts.assign(receipts.end() - static_cast<std::ptrdiff_t>(most), receipts.end());
  return back;
}

}  // namespace fieldnode::office

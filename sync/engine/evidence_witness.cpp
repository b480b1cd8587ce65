#include "sync/engine/evidence_witness.h"

#include <algorithm>

namespace fieldnode::engine {

EvidenceWitness::EvidenceWitness(UnitInFile const& unit) {
  for (auto const& list : unit.feeds) {
    for (auto const& entry : list.shown) {
      made_[{list.name().epoch, entry.seq}] = entry.skeleton.time.interval.earliest;
      auto const* const correction = std::get_if<rules::TimeCorrection>(&entry.skeleton.payload);
      if (correction != nullptr) repealed_.insert(correction->anchor);
    }
  }
  for (auto const& list : unit.journals) {
    for (auto const& act : list.shown) {
      auto const& basis = act.skeleton.basis;
      if (basis.seq == 0) continue;
      bases_[{list.name().epoch, act.seq}] = {basis.epoch, std::max(basis.seq, act.skeleton.previewed)};
    }
  }
  for (auto const& paper : unit.receipts) take(paper.content->receipt);
  for (auto const& paper : unit.times) take(*paper.content);
}

void EvidenceWitness::take(wire::Receipt const& receipt) {
  if (receipt.aside) return;
  for (auto const& mark : receipt.marks) {
    // A mark is worth what the receipt holds: beyond its own journal's end it would speak of nothing.
    if (mark.seq <= receipt.journal_seq) note_held({receipt.journal_epoch, mark.seq}, mark.received_at);
  }
  auto const name = wire::anchor_id(receipt);
  if (!receipt.sent_at || repealed_.contains(name)) return;
  anchors_.emplace(name, *receipt.sent_at);
  note_held({receipt.journal_epoch, receipt.journal_seq}, *receipt.sent_at);
}

void EvidenceWitness::take(wire::EvidenceTimes const& times) {
  for (auto const& time : times.anchors) anchors_.emplace(time.anchor, time.sent_at);
  for (auto const& time : times.entries) made_.emplace(time.at, time.made_at);
  for (auto const& time : times.held) note_held(time.upto, time.at);
}

void EvidenceWitness::note_held(Position upto, UtcTime at) {
  auto const [held, added] = held_.emplace(upto, at);
  if (!added) held->second = std::min(held->second, at);
}

std::optional<UtcTime> EvidenceWitness::anchor_sent_at(std::uint64_t anchor) {
  auto const found = anchors_.find(anchor);
  if (found == anchors_.end()) return std::nullopt;
  return found->second;
}

std::optional<UtcTime> EvidenceWitness::received_at(Position act) {
  std::optional<UtcTime> earliest;
  for (auto held = held_.lower_bound(act); held != held_.end() && held->first.epoch == act.epoch; ++held) {
    if (!earliest || held->second < *earliest) earliest = held->second;
  }
  return earliest;
}

std::optional<Position> EvidenceWitness::made_on(Position act) {
  auto const found = bases_.find(act);
  if (found == bases_.end()) return std::nullopt;
  return found->second;
}

std::optional<UtcTime> EvidenceWitness::feed_entry_time(Position entry) {
  auto const behind = made_.upper_bound(entry);
  if (behind == made_.begin()) return std::nullopt;
  auto const last = std::prev(behind);
  if (last->first.epoch != entry.epoch) return std::nullopt;
  return last->second;
}

}  // namespace fieldnode::engine

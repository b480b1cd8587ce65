#include "tests/sim/oracle/seen_lists.h"

#include <fmt/format.h>

#include "sync/crypto/hash.h"

namespace fieldnode::sim {
namespace {

std::string place_of(wire::ListName const& list, std::uint64_t seq) {
  return fmt::format("{} {} of unit {}", list.kind == wire::ListKind::kJournal ? "act" : "feed entry", seq,
                     list.unit.value);
}

void put_number(Bytes& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

/// "Salts, leaves, chain".
Hash chain_start_of(wire::ListName const& list) {
  Bytes name;
  put_number(name, static_cast<std::uint64_t>(list.kind));
  put_number(name, list.unit.value);
  put_number(name, list.node.value);
  put_number(name, list.epoch.value);
  return crypto::hash_under("fieldnode/chain/1", {name});
}

}  // namespace

std::set<AssignmentId> SeenLists::look(lists::EntryLists& lists, wire::ListKind kind, Holder holder) {
  std::set<AssignmentId> touched;
  auto const head = lists.head(kind);
  if (!head) return touched;
  auto const epoch = head->list.epoch;
  auto& shown = shown_[{kind, epoch, holder}];
  auto& list = lists_[{kind, epoch}];
  list.name = head->list;
  if (head->seq < shown) {
    findings_.add(
        "I1", fmt::format("{} was shown and is gone: the list ends at {} now", place_of(list.name, shown), head->seq));
  }
  compare(list, *head, lists);
  for (auto seq = list.entries.size() + 1; seq <= head->seq; ++seq) {
    auto const entry = lists.entry_at(kind, {epoch, seq});
    if (!entry) {
      findings_.add("I3", place_of(list.name, seq) + " is missing in the middle of its list");
      return touched;
    }
    take(list, *entry);
  }
  for (auto seq = shown; seq < head->seq && seq < list.entries.size(); ++seq) {
    touched.insert(list.entries[seq].assignment);
  }
  shown = std::max(shown, head->seq);
  if (kind == wire::ListKind::kFeed && holder == Holder::kReader) look_ahead(list, lists, touched);
  return touched;
}

void SeenLists::look_ahead(SeenList& list, lists::EntryLists& lists, std::set<AssignmentId>& touched) {
  for (auto const seq : lists.ahead()) {
    auto const entry = lists.entry_at(wire::ListKind::kFeed, {list.name.epoch, seq});
    if (!entry) {
      findings_.add("I3", place_of(list.name, seq) + " is said to stand ahead of its list and is not there");
      return;
    }
    take_ahead(list, *entry);
    touched.insert(entry->skeleton.assignment);
  }
}

void SeenLists::take_ahead(SeenList& list, lists::StoredEntry const& entry) {
  auto const seq = entry.at.seq;
  bool const is_placed = seq <= list.leaves.size();
  if (!is_placed) list.ahead.try_emplace(seq, read_entry(entry.at, entry.entry.skeleton), entry.leaf);
  if ((is_placed ? list.leaves[seq - 1] : list.ahead.at(seq).leaf) == entry.leaf) return;
  findings_.add("I3", place_of(list.name, seq) + " stands ahead of its list as another one than was seen");
}

void SeenLists::take(SeenList& list, lists::StoredEntry const& entry) {
  auto const before = list.chain.empty() ? chain_start_of(list.name) : list.chain.back();
  if (crypto::hash_under("fieldnode/link/1", {before, entry.leaf}) != entry.hash) {
    findings_.add("I10", place_of(list.name, entry.at.seq) + " does not continue the chain");
  }
  if (auto const ahead = list.ahead.find(entry.at.seq); ahead != list.ahead.end()) {
    if (ahead->second.leaf != entry.leaf) {
      findings_.add("I3", place_of(list.name, entry.at.seq) + " is another one than what stood ahead of the list");
    }
    list.ahead.erase(ahead);
  }
  list.entries.push_back(read_entry(entry.at, entry.entry.skeleton));
  list.leaves.push_back(entry.leaf);
  list.chain.push_back(entry.hash);
}

std::vector<SeenEntry> SeenList::at(std::vector<std::uint64_t> const& seqs) const {
  std::vector<SeenEntry> found;
  for (auto const seq : seqs) {
    if (seq <= entries.size()) found.push_back(entries[seq - 1]);
    if (auto const one = ahead.find(seq); one != ahead.end()) found.push_back(one->second.entry);
  }
  return found;
}

void SeenLists::compare(SeenList const& list, engine::ListHead const& head, lists::EntryLists& lists) {
  auto const common = std::min<std::uint64_t>(head.seq, list.chain.size());
  if (common == 0) return;
  auto const hash = lists.hash_at(head.list.kind, common);
  if (!hash || *hash != list.chain[common - 1]) {
    findings_.add("I3", place_of(list.name, common) + " or one before it is another one than was seen before");
  }
}

void SeenLists::forget(UnitId unit, wire::ListKind kind, Holder holder) {
  for (auto const& [place, list] : lists_) {
    if (place.first == kind && list.name.unit == unit) shown_.erase({kind, place.second, holder});
  }
}

SeenList const* SeenLists::find(wire::ListKind kind, Epoch epoch) const {
  auto const found = lists_.find({kind, epoch});
  return found == lists_.end() ? nullptr : &found->second;
}

std::uint64_t SeenLists::shown(wire::ListKind kind, Epoch epoch, Holder holder) const {
  auto const found = shown_.find({kind, epoch, holder});
  return found == shown_.end() ? 0 : found->second;
}

}  // namespace fieldnode::sim

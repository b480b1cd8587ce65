#include "node/lists/entry_lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <ranges>
#include <set>

#include "node/lists/chain_check.h"
#include "node/lists/unit_replay.h"
#include "sync/base/check.h"
#include "sync/wire/carried_act.h"

namespace fieldnode::lists {
namespace {

using wire::ListKind;

std::size_t size_of(wire::Part const& part) { return part.bytes.size() + part.inner.size() + part.salt.size(); }

/// Rather too much than too little: the lengths and forms around the parts are in it.
std::size_t size_of(wire::EncodedEntry const& entry) {
  return entry.skeleton.size() + size_of(entry.body) + size_of(entry.contact);
}

}  // namespace

EntryLists::EntryLists(db::Connection& connection, ContactVault& vault, UnitId unit)
    : connection_(connection),
      vault_(vault),
      unit_(unit),
      register_(connection, unit),
      rows_(connection, vault, unit),
      names_(connection) {}

void EntryLists::open(wire::ListName const& list) { register_.add(list); }

void EntryLists::end_run(wire::ListName const& list, std::uint64_t end) { register_.end_run(list, end); }

std::optional<engine::ListHead> EntryLists::head(ListKind kind) {
  auto const list = register_.newest(kind);
  if (!list) return std::nullopt;
  return list->head;
}

std::optional<engine::ListHead> EntryLists::head(ListKind kind, Epoch epoch) {
  auto const list = register_.find(kind, epoch);
  if (!list) return std::nullopt;
  return list->head;
}

std::vector<AssignmentId> EntryLists::recounted(std::vector<rules::EpochOrder::Run> const& before) {
  std::set<AssignmentId> found;
  for (auto const& run : feed_runs()) {
    auto const known = std::ranges::find(before, run.epoch, &rules::EpochOrder::Run::epoch);
    auto const [least, most] = std::minmax({known == before.end() ? std::uint64_t{0} : known->end, run.end});
    auto const list = register_.find(ListKind::kFeed, run.epoch);
    if (least == most || !list) continue;
    auto select = rows_.assignments_between(*list, least, most);
    for (auto const row : select) found.insert(row.get<AssignmentId>(0));
  }
  return {found.begin(), found.end()};
}

std::vector<AssignmentId> EntryLists::resting_on(Epoch journal) {
  constexpr std::size_t kAll = std::numeric_limits<std::int64_t>::max();
  std::set<AssignmentId> found;
  for (auto const& feed : register_.all(ListKind::kFeed)) {
    auto select = rows_.skeletons_after(feed, 0, kAll);
    for (auto const row : select) {
      auto const entry = require_skeleton(feed.head.list, row.get<std::uint64_t>(0), row.get<BytesView>(1));
      if (entry.assignment && entry.basis.epoch == journal) found.insert(entry.assignment);
    }
  }
  return {found.begin(), found.end()};
}

Result<StoredEntry> EntryLists::append(ListKind kind, NewEntry entry) {
  auto const list = register_.newest(kind);
  check(list.has_value(), "a list is opened before anything is appended to it");
  auto const assignment = entry.skeleton.assignment;
  auto const salting = entry.contact.keys ? Salting{entry.contact.keys, false} : salting_of(*list, assignment);
  entry.skeleton.number = next_number(kind, assignment);
  auto encoded = wire::encode_entry(entry.skeleton, entry.body, entry.contact);
  if (!encoded) return encoded.error();
  if (entry.redacted) encoded->body = {.form = wire::PartForm::kErased, .inner = *entry.redacted};
  Position const at{list->head.list.epoch, list->head.seq + 1};
  if (salting.written_out) encoded = wire::with_salts(*encoded, list->head.list, at.seq, salting.keys);
  if (!encoded) return encoded.error();
  auto const leaf = wire::leaf_of(*encoded, list->head.list, at.seq, salting.keys);
  if (!leaf) return leaf.error();
  StoredEntry stored{at, *leaf, wire::chain_next(list->head.hash, *leaf), std::move(entry.skeleton),
                     *std::move(encoded)};
  store(*list, stored);
  return stored;
}

void EntryLists::append_received(ListKind kind, StoredEntry const& entry) {
  auto const list = register_.find(kind, entry.at.epoch);
  check(list.has_value(), "a list is opened before anything is appended to it");
  check(entry.at.seq == list->head.seq + 1, "a received entry follows the list's head");
  check(entry.hash == wire::chain_next(list->head.hash, entry.leaf), "a received entry continues the chain");
  auto const ahead = rows_.leaf_at(*list, entry.at.seq);
  if (!ahead) return store(*list, entry);
  check(*ahead == entry.leaf, "the chain proves what was held ahead");
  rows_.place(*list, entry.at.seq, entry.hash);
  advance(*list, entry);
}

void EntryLists::append_ahead(StoredEntry const& entry) {
  auto const list = register_.find(ListKind::kFeed, entry.at.epoch);
  check(list.has_value(), "a list is opened before anything is held ahead of it");
  if (entry.at.seq <= list->head.seq || rows_.leaf_at(*list, entry.at.seq)) return;
  auto held = entry;
  held.hash = entry.leaf;  // the chain's hash is not known yet; `append_received` puts it here
  rows_.insert(*list, held);
  names_.keep(*list, held);
}

bool EntryLists::contradicts_ahead(Position at, Hash const& leaf) {
  auto const list = register_.find(ListKind::kFeed, at.epoch);
  if (!list || at.seq <= list->head.seq) return false;
  auto const held = rows_.leaf_at(*list, at.seq);
  return held && *held != leaf;
}

std::vector<std::uint64_t> EntryLists::ahead() {
  std::vector<std::uint64_t> seqs;
  auto const list = register_.newest(ListKind::kFeed);
  if (!list) return seqs;
  auto select = rows_.ahead(*list);
  for (auto const row : select) seqs.push_back(row.get<std::uint64_t>(0));
  return seqs;
}

std::uint64_t EntryLists::last_ahead(AssignmentId assignment) {
  auto const list = register_.newest(ListKind::kFeed);
  if (!list || !assignment) return 0;
  return rows_.last_ahead(*list, assignment).value_or(0);
}

std::vector<wire::EncodedEntry> EntryLists::after(ListKind kind, std::uint64_t seq, std::size_t budget_bytes) {
  auto const list = register_.newest(kind);
  return list ? after(*list, seq, budget_bytes) : std::vector<wire::EncodedEntry>{};
}

std::vector<wire::EncodedEntry> EntryLists::after(ListKind kind, Position at, std::size_t budget_bytes) {
  auto const list = register_.find(kind, at.epoch);
  return list ? after(*list, at.seq, budget_bytes) : std::vector<wire::EncodedEntry>{};
}

std::vector<wire::EncodedEntry> EntryLists::lasting_after(ListKind kind, Position at, std::size_t budget_bytes) {
  auto entries = after(kind, at, budget_bytes);
  auto const list = register_.find(kind, at.epoch);
  for (auto& entry : entries) {
    ++at.seq;
    auto const skeleton = require_skeleton(list->head.list, at.seq, entry.skeleton);
    if (!skeleton.assignment || wire::brings_keys(kind, at.seq, skeleton.kind)) continue;
    auto const salting = salting_of(*list, skeleton.assignment);
    if (!salting.written_out) continue;
    auto salted = wire::with_salts(entry, list->head.list, at.seq, salting.keys);
    if (!salted) throw BrokenWorld(fmt::format("{}: {}", place_of(list->head.list, at.seq), salted.error().sentence));
    entry = *std::move(salted);
  }
  return entries;
}

std::vector<wire::EncodedEntry> EntryLists::after(ListRow const& list, std::uint64_t seq, std::size_t budget_bytes) {
  std::vector<wire::EncodedEntry> entries;
  std::size_t used = 0;
  auto select = rows_.after(list, seq);
  for (auto const row : select) {
    if (row.get<std::uint64_t>(0) > list.head.seq) break;  // held ahead of the list
    auto entry = rows_.require(list, row).entry;
    used += size_of(entry);
    if (!entries.empty() && used > budget_bytes) break;
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<rules::Placed> EntryLists::skeletons_after(ListKind kind, std::uint64_t seq, std::size_t most) {
  std::vector<rules::Placed> entries;
  auto const list = register_.newest(kind);
  if (!list) return entries;
  auto select = rows_.skeletons_after(*list, seq, most);
  for (auto const row : select) {
    Position const at{list->head.list.epoch, row.get<std::uint64_t>(0)};
    entries.push_back({at, require_skeleton(list->head.list, at.seq, row.get<BytesView>(1))});
  }
  return entries;
}

std::optional<Hash> EntryLists::hash_at(ListKind kind, std::uint64_t seq) {
  auto const list = register_.newest(kind);
  if (!list) return std::nullopt;
  if (seq == 0) return wire::chain_start(list->head.list);
  if (seq > list->head.seq) return std::nullopt;  // held ahead: where the chain stands there is not known
  return rows_.hash_at(*list, seq);
}

std::optional<Hash> EntryLists::hash_at(ListKind kind, Position at) {
  auto const list = register_.find(kind, at.epoch);
  if (!list) return std::nullopt;
  if (at.seq > list->head.seq) return std::nullopt;  // held ahead, as above
  return at.seq == 0 ? wire::chain_start(list->head.list) : rows_.hash_at(*list, at.seq);
}

std::vector<StoredEntry> EntryLists::cut(Epoch journal, std::uint64_t seq) {
  auto const list = register_.find(ListKind::kJournal, journal);
  check(list.has_value(), "a journal that is cut is held");
  std::vector<StoredEntry> taken;
  {
    auto select = rows_.after(*list, seq);
    for (auto const row : select) taken.push_back(rows_.require(*list, row));
  }
  auto const hash = hash_at(ListKind::kJournal, Position{journal, seq});
  check(hash.has_value(), "a journal is cut behind an entry that is held");
  rows_.remove_after(*list, seq);
  names_.forget_after(*list, seq);
  register_.advance(*list, seq, *hash);
  return taken;
}

std::optional<StoredEntry> EntryLists::entry_at(ListKind kind, Position at) {
  auto const list = register_.find(kind, at.epoch);
  if (!list || at.seq == 0) return std::nullopt;
  auto select = rows_.after(*list, at.seq - 1);
  auto const row = select.next();
  if (!row || row->get<std::uint64_t>(0) != at.seq) return std::nullopt;
  return rows_.require(*list, *row);
}

std::optional<rules::Skeleton> EntryLists::skeleton_at(ListKind kind, Position at) {
  auto const list = register_.find(kind, at.epoch);
  return list ? rows_.skeleton_at(*list, at.seq) : std::nullopt;
}

std::optional<wire::SaltKeys> EntryLists::keys_of(ListKind kind, AssignmentId assignment) {
  auto const list = register_.newest(kind);
  if (!list) return std::nullopt;
  return salting_of(*list, assignment).keys;
}

std::optional<wire::SaltKeys> EntryLists::opening_keys(ListKind kind, Epoch epoch) {
  auto const list = register_.find(kind, epoch);
  return list ? rows_.opening_keys(*list) : std::nullopt;
}

std::vector<StoredEntry> EntryLists::entries_of(ListKind kind, AssignmentId assignment) {
  std::vector<StoredEntry> entries;
  for (auto const& list : register_.all(kind)) {
    auto select = rows_.on(list, assignment);
    for (auto const row : select) entries.push_back(rows_.require(list, row));
  }
  return entries;
}

std::vector<StoredEntry> EntryLists::unit_entries(ListKind kind, rules::EntryKind of) {
  std::vector<StoredEntry> entries;
  for (auto const& list : register_.all(kind)) {
    auto select = rows_.unit_wide(list, of);
    for (auto const row : select) entries.push_back(rows_.require(list, row));
  }
  return entries;
}

std::vector<StoredEntry> EntryLists::unit_log(std::size_t most) {
  std::vector<StoredEntry> entries;
  for (auto const kind : {ListKind::kFeed, ListKind::kJournal}) {
    for (auto const& list : register_.all(kind)) {
      auto select = rows_.last_unit_wide(list, most);
      for (auto const row : select) entries.push_back(rows_.require(list, row));
    }
  }
  std::ranges::stable_sort(entries, std::ranges::greater{},
                           [](StoredEntry const& entry) { return entry.skeleton.time.estimate; });
  if (entries.size() > most) entries.resize(most);
  return entries;
}

std::vector<StoredEntry> EntryLists::published_rules() {
  auto const order = register_.order(ListKind::kFeed);
  std::vector<StoredEntry> entries;
  for (auto const& list : register_.all(ListKind::kFeed)) {
    auto select = rows_.published_rules(list);
    for (auto const row : select) {
      auto entry = rows_.require(list, row);
      if (order.holds(entry.at)) entries.push_back(std::move(entry));
    }
  }
  return entries;
}

std::optional<Hash> EntryLists::published_rules_name() {
  for (auto const& list : register_.all(ListKind::kFeed) | std::views::reverse) {
    if (auto const last = rows_.last_rule(list)) return last->second;
  }
  return std::nullopt;
}

std::optional<rules::AssignmentState> EntryLists::fold(AssignmentId assignment) {
  auto const journals = register_.order(ListKind::kJournal);
  auto const feed = placed(ListKind::kFeed, assignment);
  auto acts = placed(ListKind::kJournal, assignment);
  if (feed.empty() && acts.empty()) return std::nullopt;
  wire::add_carried(feed, acts);
  return rules::replay_assignment(assignment, feed, acts, journals);
}

rules::UnitState EntryLists::unit_facts() {
  return rules::replay(placed(ListKind::kFeed, {}), placed(ListKind::kJournal, {}),
                       register_.order(ListKind::kJournal));
}

rules::UnitState EntryLists::replay(std::optional<Position> feed_upto, std::optional<Position> acts_upto) {
  return UnitReplay(connection_, register_, unit_).run(feed_upto, acts_upto);
}

Result<void> EntryLists::verify() {
  ChainCheck check_chain(rows_);
  for (auto const kind : {ListKind::kFeed, ListKind::kJournal}) {
    for (auto const& list : register_.all(kind)) {
      if (auto const sound = check_chain.walk(list); !sound) return sound;
    }
  }
  return {};
}

/// Keys of a redact, and those that stand before the live feed, one end may have lost in a restore and the other not.
EntryLists::Salting EntryLists::salting_of(ListRow const& list, AssignmentId assignment) {
  if (!assignment) return {rows_.opening_keys(list), false};
  auto const feeds = register_.all(ListKind::kFeed);
  for (auto const& feed : feeds) {
    auto const brought = rows_.keys_on(feed, assignment);
    if (!brought) continue;
    bool const is_live = feed.id == feeds.back().id;
    return {brought->keys, !is_live || brought->by != rules::EntryKind::kDispatch};
  }
  return {};
}

/// Goes on where the newest list that has entries on the assignment stopped: a list is gapless in itself and against
/// the one that it continues.
std::uint64_t EntryLists::next_number(ListKind kind, AssignmentId assignment) {
  for (auto const& list : register_.all(kind) | std::views::reverse) {
    if (auto const last = rows_.last_number(list, assignment)) return *last + 1;
  }
  return 1;
}

std::vector<rules::Placed> EntryLists::placed(ListKind kind, AssignmentId assignment) {
  auto const order = register_.order(kind);
  std::vector<rules::Placed> entries;
  for (auto const& list : register_.all(kind)) {
    auto select = rows_.skeletons_on(list, assignment);
    for (auto const row : select) {
      Position const at{list.head.list.epoch, row.get<std::uint64_t>(0)};
      if (kind == ListKind::kFeed && !order.holds(at)) continue;
      entries.push_back({at, require_skeleton(list.head.list, at.seq, row.get<BytesView>(1))});
    }
  }
  return entries;
}

void EntryLists::store(ListRow const& list, StoredEntry const& entry) {
  rows_.insert(list, entry);
  names_.keep(list, entry);
  advance(list, entry);
}

void EntryLists::advance(ListRow const& list, StoredEntry const& entry) {
  register_.advance(list, entry.at.seq, entry.hash);
  if (entry.skeleton.kind != rules::EntryKind::kFeedOpening) return;
  if (auto const* opening = std::get_if<rules::Opening>(&entry.skeleton.payload)) {
    register_.continue_from(list, opening->parent);
  }
}

}  // namespace fieldnode::lists

#include "node/central/store/sqlite_unit_work.h"

#include <fmt/format.h>

#include "node/central/store/case_state.h"
#include "node/central/store/outage_rows.h"
#include "node/central/store/rule_rows.h"
#include "node/central/store/salt_keys.h"
#include "node/central/store/sequence.h"
#include "node/lists/list_register.h"
#include "sync/base/check.h"

namespace fieldnode::central {

using wire::ListKind;

namespace {

FeedDraft draft_of(RuleRecord const& record, UtcTime at) {
  FeedDraft draft{.kind = record.text.kind,
                  .assignment = {},
                  .payload = rules::PolicyVersion{record.text.version},
                  .staff = record.staff,
                  .at = at,
                  .body = {.texts = {{wire::TextTag::kDocument, record.text.document}}, .blobs = {}},
                  .contact = {}};
  if (record.text.kind == rules::EntryKind::kCalendar) {
    draft.payload = rules::CalendarVersion{record.text.version, record.second};
  }
  return draft;
}

}  // namespace

SqliteUnitWork::SqliteUnitWork(db::Connection& connection, lists::ContactVault& vault, World const& world,
                               UnitRecord const& unit)
    : connection_(connection),
      vault_(vault),
      rules_(world.rules),
      doubt_(world.doubt),
      unit_(unit.id),
      lists_(connection, vault, unit.id),
      rows_(connection),
      receipts_(connection, unit.id),
      phones_(connection),
      cases_(connection, vault),
      vetoes_(connection),
      evidence_(connection, vault, unit.id),
      epochs_({connection, lists_, rules_, *this, world.random, unit.id, [this] { feed_grew_ = true; },
               [this](AssignmentId id) { touched_.insert(id); }}),
      aside_(connection, vault, unit.id),
      states_(connection, lists_, unit.id) {}

UnitRecord SqliteUnitWork::require_unit() {
  auto unit = rows_.find(unit_);
  check(unit.has_value(), "a unit's row is gone within its own transaction");
  return std::move(*unit);
}

engine::ListHead SqliteUnitWork::journal_head() {
  // Before the first enrolment there is no journal: a head that covers nothing.
  return lists_.head(ListKind::kJournal)
      .value_or(engine::ListHead{.list = {.kind = ListKind::kJournal, .unit = unit_}});
}

engine::UnitHeads SqliteUnitWork::heads() {
  auto const unit = require_unit();
  auto const feed = lists_.head(ListKind::kFeed);
  check(feed.has_value(), "a unit has a feed from its first day");
  engine::UnitHeads heads{
      .unit = unit_, .node = unit.node, .journal = journal_head(), .feed = *feed, .last_sent_at = unit.last_sent_at};
  if (auto const node = rows_.find_node(unit.node)) {
    heads.node_key = node->public_key;
    heads.revoked = node->revoked_at.has_value();
  }
  return heads;
}

rules::Shelf SqliteUnitWork::rules() { return rules_.on(connection_, vault_, unit_); }

std::optional<Hash> SqliteUnitWork::journal_hash_at(std::uint64_t seq) {
  return lists_.hash_at(ListKind::kJournal, seq);
}

std::optional<wire::SaltKeys> SqliteUnitWork::journal_keys(AssignmentId assignment) {
  return lists_.keys_of(ListKind::kJournal, assignment);
}

std::optional<rules::AssignmentState> SqliteUnitWork::assignment(AssignmentId id) { return lists_.fold(id); }

std::optional<UtcTime> SqliteUnitWork::anchor_sent_at(std::uint64_t anchor) {
  if (anchor == 0) return std::nullopt;
  if (auto const sent = receipts_.sent_at(require_unit().node, anchor)) return sent;
  // A time that was told by telephone goes by the number of its challenge.
  auto const told = phones_.find(unit_, anchor);
  return told && !told->repealed ? told->noted_at : std::nullopt;
}

std::optional<UtcTime> SqliteUnitWork::feed_entry_time(Position at) {
  auto const entry = lists_.entry_at(ListKind::kFeed, at);
  if (!entry) return std::nullopt;
  return entry->skeleton.time.interval.earliest;
}

void SqliteUnitWork::append_act(engine::ActArrival const& act) {
  auto const epoch = journal_head().list.epoch;
  lists_.append_received(
      ListKind::kJournal,
      {.at = {epoch, act.seq}, .leaf = act.leaf, .hash = act.hash, .skeleton = act.skeleton, .entry = act.entry});
  acts_came_ = true;
  if (act.skeleton.assignment) touched_.insert(act.skeleton.assignment);
}

void SqliteUnitWork::mark_held(UtcTime at) {
  auto const journal = journal_head();
  if (receipts_.marked_seq(journal.list.epoch) >= journal.seq) return;
  receipts_.add_mark(journal.list.epoch, {journal.seq, at});
}

void SqliteUnitWork::append_entry(rules::EntryKind kind, AssignmentId assignment, rules::Payload const& payload,
                                  UtcTime at) {
  auto const appended = append({.kind = kind, .assignment = assignment, .payload = payload, .at = at});
  check(appended.has_value(), "an entry without words is always taken");
}

void SqliteUnitWork::keep_signed_head(wire::SignedHead const& head) { SignedHeadRows(connection_).keep(head); }

std::vector<wire::EncodedEntry> SqliteUnitWork::feed_after(std::uint64_t seq, std::size_t budget_bytes) {
  return lists_.after(ListKind::kFeed, seq, budget_bytes);
}

std::vector<rules::Placed> SqliteUnitWork::feed_skeletons(std::uint64_t seq, std::size_t most) {
  return lists_.skeletons_after(ListKind::kFeed, seq, most);
}

engine::FeedLeaf SqliteUnitWork::feed_leaf(std::uint64_t seq) {
  auto const head = lists_.head(ListKind::kFeed);
  check(head.has_value(), "a unit has a feed from its first day");
  auto entry = lists_.entry_at(ListKind::kFeed, {head->list.epoch, seq});
  check(entry.has_value(), "only an entry that the feed holds is sent ahead");
  return {seq, entry->leaf, std::move(entry->entry)};
}

std::optional<Hash> SqliteUnitWork::feed_hash_at(std::uint64_t seq) { return lists_.hash_at(ListKind::kFeed, seq); }

std::vector<wire::Mark> SqliteUnitWork::marks_after(std::uint64_t seq, std::size_t most) {
  return receipts_.marks_after(journal_head().list.epoch, seq, most);
}

void SqliteUnitWork::keep_receipt(wire::Receipt const& unsigned_receipt) {
  receipts_.keep(unsigned_receipt);
  if (unsigned_receipt.sent_at) rows_.note_sent(unit_, *unsigned_receipt.sent_at);
}

/// Whoever acts on an entry proves that he did so after it: a clock that may be wrong must not say when that was. What
/// was signed to the unit before was sure then.
rules::TimeEvidence SqliteUnitWork::written_at(UtcTime at) {
  auto const sure = doubt_ ? doubt_() : std::nullopt;
  if (!sure) return rules::central_time(at);
  auto const earliest = std::max(*sure, require_unit().last_sent_at.value_or(*sure));
  return {rules::ClockClass::kCentral, {earliest, std::nullopt}, std::max(earliest, at), 0};
}

rules::Skeleton SqliteUnitWork::draft_skeleton(FeedDraft const& draft) {
  auto const judged = journal_head();
  return {.kind = draft.kind,
          .assignment = draft.assignment,
          .staff = draft.staff,
          .basis = {judged.list.epoch, judged.seq},
          .time = written_at(draft.at),
          .blobs = static_cast<std::uint32_t>(draft.body.blobs.size()),
          .payload = draft.payload};
}

Result<Position> SqliteUnitWork::append(FeedDraft draft) {
  if (epochs_.awaits_report()) {
    return refuse("report_awaited",
                  "This centre was restored from a backup, and the unit's node has not reported since: nothing is said "
                  "to the unit until it has, or until an operator lets the unit go on without it.");
  }
  auto skeleton = draft_skeleton(draft);
  auto const stored = lists_.append(
      ListKind::kFeed,
      {.skeleton = std::move(skeleton), .body = std::move(draft.body), .contact = std::move(draft.contact)});
  if (!stored) return stored.error();
  if (draft.kind == rules::EntryKind::kRedact) {
    if (auto const applied = lists_.apply_redact(stored->at); !applied) return applied.error();
  }
  feed_grew_ = true;
  if (draft.assignment) touched_.insert(draft.assignment);
  return stored->at;
}

std::vector<rules::TimeSpan> SqliteUnitWork::take_untold_gaps() { return OutageRows(connection_).take_untold(unit_); }

Result<void> SqliteUnitWork::append_rules(UtcTime at) {
  if (epochs_.awaits_report()) return {};  // said when the feed goes on
  auto const brought = lists_.published_rules().size();
  for (auto const& record : RuleRows(connection_, rules_).after(brought)) {
    if (auto const appended = append(draft_of(record, at)); !appended) return appended.error();
  }
  return {};
}

void SqliteUnitWork::note_exchange(wire::NodeStatus const& status, UtcTime at) {
  rows_.note_news(require_unit().node, status, at);
}

rules::EvidenceExport SqliteUnitWork::count_entries(AssignmentId assignment) { return evidence_.count(assignment); }

std::vector<lists::EvidenceEnd> SqliteUnitWork::list_ends() { return evidence_.ends(); }

NodeId SqliteUnitWork::next_node() { return NodeId{next_number(connection_, "node")}; }

Result<void> UnitWork::register_node(NewNode const& node) {
  if (auto const added = add_node(node); !added) return added;
  auto const record = find_node(node.id);
  check(record.has_value(), "a node that was added is there");
  confirm_node(*record, node.at, StaffId{});
  return {};
}

Result<void> SqliteUnitWork::add_node(NewNode const& node) {
  bool const known = lists::ListRegister(connection_, unit_).find(ListKind::kJournal, node.journal_epoch).has_value();
  if (!node.journal_epoch || known || rows_.has_journal(unit_, node.journal_epoch)) {
    return refuse("journal_epoch_known",
                  "The node offers a journal that this unit had before; a node begins a new one when it is enrolled.");
  }
  rows_.add_node({.id = node.id,
                  .unit = unit_,
                  .public_key = node.public_key,
                  .journal_epoch = node.journal_epoch,
                  .fingerprint = node.fingerprint,
                  .certificate = node.certificate,
                  .enrolled_at = node.at});
  nodes_changed_ = true;
  return {};
}

/// What another node did since it was heard last is not here, and nobody knows what it was: that is told, not hidden.
void SqliteUnitWork::tell_lost_window(NodeRecord const& successor, UtcTime at) {
  auto const before = rows_.find_node(require_unit().node);
  if (!before || before->id == successor.id) return;
  auto const held = journal_head().seq;
  raise({"lost_window", before->id.value, held + 1, held + before->news.status.undelivered,
         before->news.last_exchange_at.value_or(at)});
}

void SqliteUnitWork::confirm_node(NodeRecord const& node, UtcTime at, StaffId by) {
  tell_lost_window(node, at);
  rows_.confirm_node(node, at, by);
  lists_.open({ListKind::kJournal, unit_, node.id, node.journal_epoch});
  nodes_changed_ = true;
}

void SqliteUnitWork::end_node(NodeId id, NodeEnding const& ending) {
  rows_.end_node(id, ending);
  nodes_changed_ = true;
}

void SqliteUnitWork::finish() {
  AssignmentRows projection(connection_);
  for (auto const id : touched_) {
    auto const state = lists_.fold(id);
    // An act on an assignment that this unit never had is kept, and shows nowhere.
    if (!state || state->dispatched_by.seq == 0) continue;
    projection.put(project(unit_, *state));
    states_.put(*state);
    refresh_state(connection_, state->dispatch.case_id);
    cases_.note_changed(state->dispatch.case_id);
  }
  touched_.clear();
}

}  // namespace fieldnode::central

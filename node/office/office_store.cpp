#include "node/office/office_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/db/health.h"
#include "node/db/transaction.h"
#include "node/office/act_ids.h"
#include "node/office/anchors.h"
#include "node/office/city_belief.h"
#include "node/office/deliveries.h"
#include "node/office/feed_arrivals.h"
#include "node/office/journal_return.h"
#include "node/office/node_time.h"
#include "node/office/office_witness.h"
#include "node/office/revocation.h"
#include "node/office/rule_remake.h"
#include "node/office/rule_state.h"
#include "node/office/time_row.h"
#include "sync/base/check.h"
#include "sync/rules/judge.h"
#include "sync/wire/state_digest.h"

namespace fieldnode::office {
namespace {

using wire::ListKind;

Position end_of(std::optional<engine::ListHead> const& head) {
  return head ? Position{head->list.epoch, head->seq} : Position{};
}

Refusal unknown_assignment(AssignmentId id) {
  return refuse(
      "unknown_assignment",
      fmt::format("This unit holds no assignment {}; it may have been dispatched to another unit.", id.value));
}

/// Each once.
void add_to(std::vector<AssignmentId>& ids, std::vector<AssignmentId> const& others) {
  ids.insert(ids.end(), others.begin(), others.end());
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
}

/// Before anything else is said: a repeat of somebody else's act would tell as much as the act itself.
Result<void> require_seen(db::Connection& connection, NewAct const& act) {
  if (!act.assignment || act.clearance == Clearance::kConfidential) return {};
  auto const row = Projection(connection).find(act.assignment);
  if (!row || may_see(act.clearance, row->confidential)) return {};
  return unknown_assignment(act.assignment);
}

}  // namespace

Result<void> OfficeStore::found(db::Writer& writer, lists::ContactVault& vault, Random& random,
                                OfficeIdentity const& identity, Stamp const& stamp) {
  return writer.run([&](db::Connection& connection) -> Result<void> {
    if (auto const known = load_identity(connection)) {
      if (known->node == identity.node && known->journal_epoch == identity.journal_epoch) return {};
      return refuse("other_node", fmt::format("This data directory belongs to the node of unit {}; enrol in an empty "
                                              "directory, or move that one away first.",
                                              known->unit_code));
    }
    save_identity(connection, identity);
    lists::EntryLists lists(connection, vault, identity.unit);
    lists.open(identity.journal());
    auto const opened =
        lists.append(ListKind::kJournal, journal_opening({}, draw_journal(random).keys, stamp.evidence));
    if (!opened) return opened.error();
    office::keep_time(connection, stamp.state);
    return {};
  });
}

OfficeStore::OfficeStore(db::Writer& writer, db::ReadPool& readers, lists::ContactVault& vault,
                         rules::RuleBook const& first, OfficeIdentity identity)
    : writer_(writer),
      readers_(readers),
      vault_(vault),
      rules_(first),
      identity_(std::move(identity)),
      epochs_(readers, vault, identity_.unit, identity_.node),
      states_(readers, vault, identity_.unit) {}

// ---- acts -----------------------------------------------------------------------------------------------------------

Result<RecordedAct> OfficeStore::append(NewAct const& act, Stamp const& stamp) {
  std::vector<Change> changed;
  auto recorded = writer_.run([&](db::Connection& connection) {
    auto made = append_within(connection, act, stamp);
    if (made && !made->repeated && act.assignment) changed = changes_of(connection, {&act.assignment, 1});
    return made;
  });
  if (recorded) tell(changed);
  return recorded;
}

Result<RecordedAct> OfficeStore::append_within(db::Connection& connection, NewAct const& act, Stamp const& stamp) {
  if (auto const seen = require_seen(connection, act); !seen) return seen.error();
  ActIds ids(connection);
  auto const known = act.act_id.empty() ? std::nullopt : ids.find(act.act_id);
  if (known) return repeat_of(connection, known->at, known->content == act.content);

  auto lists = lists_on(connection);
  lists::NewEntry entry{{}, act.body, act.contact};
  entry.skeleton.kind = act.kind;
  entry.skeleton.assignment = act.assignment;
  entry.skeleton.staff = act.staff;
  entry.skeleton.basis = end_of(lists.head(ListKind::kFeed));
  entry.skeleton.previewed = lists.last_ahead(act.assignment);
  entry.skeleton.time = stamp.evidence;
  entry.skeleton.blobs = static_cast<std::uint32_t>(act.body.blobs.size());
  entry.skeleton.payload = act.payload;
  auto const rules = rules_on(connection);
  if (auto const allowed = judge(connection, entry.skeleton, *rules); !allowed) return allowed.error();

  auto stored = lists.append(ListKind::kJournal, std::move(entry));
  if (!stored) return stored.error();
  if (!act.act_id.empty()) ids.keep(act.act_id, {stored->at, act.content});
  Anchors(connection).name(stamp.evidence.anchor);
  if (act.assignment) reproject(connection, act.assignment, *rules->current());
  office::keep_time(connection, stamp.state);
  return RecordedAct{*std::move(stored), false};
}

Result<void> OfficeStore::within(Task const& task) {
  std::vector<Change> changed;
  Result<void> const done = writer_.run([&](db::Connection& connection) -> Result<void> {
    auto const touched = task(connection);
    if (!touched) return touched.error();
    changed = changes_of(connection, *touched);
    return {};
  });
  if (done) tell(changed);
  return done;
}

Result<RecordedAct> OfficeStore::repeat_of(db::Connection& connection, Position at, bool same_content) {
  if (!same_content) {
    return refuse(
        "act_id_reused",
        fmt::format("Another act was recorded under this id before, as act {}; reload the page and try again.",
                    at.seq));
  }
  auto stored = lists_on(connection).entry_at(ListKind::kJournal, at);
  if (!stored) throw BrokenWorld(fmt::format("act {} is named by an act id but not held", at.seq));
  return RecordedAct{*std::move(stored), true};
}

Result<void> OfficeStore::judge(db::Connection& connection, rules::Skeleton const& act, rules::RuleShelf const& rules) {
  if (!act.assignment) return {};  // on the unit as a whole: the lifecycle has nothing to say
  auto const state = lists_on(connection).fold(act.assignment);
  if (!state) return unknown_assignment(act.assignment);
  auto const& book = *rules.current();
  return rules::judge(*state, act,
                      {.policy = book.policy,
                       .calendar = book.calendar,
                       .side = rules::Side::kOffice,
                       .now = act.time.interval,
                       .feeds = &rules.feeds()});
}

/// Gives the row that is gone, if one is.
std::optional<Change> OfficeStore::reproject(db::Connection& connection, AssignmentId assignment,
                                             rules::RuleBook const& book) {
  auto lists = lists_on(connection);
  auto const state = dispatched_state(lists, assignment);
  if (!state) return take_off(connection, lists, assignment);
  auto const delivered_at = Deliveries(connection).of(assignment);
  Projection(connection).put(project(lists, JournalState(connection).live(), *state, book, delivered_at));
  lists::StateDigests(connection, lists, identity_.unit).put(*state);
  return std::nullopt;
}

/// The acts on it stay in the journal, where the centre's refusals will name them; it has no keys of theirs.
std::optional<Change> OfficeStore::take_off(db::Connection& connection, lists::EntryLists& lists,
                                            AssignmentId assignment) {
  auto const gone = changes_of(connection, {&assignment, 1});
  Projection(connection).remove(assignment);
  lists::StateDigests(connection, lists, identity_.unit).remove(assignment);
  lists.write_out_salts(assignment);
  return gone.empty() ? std::nullopt : std::optional(gone.front());
}

std::vector<Change> OfficeStore::changes_of(db::Connection& connection, std::span<AssignmentId const> ids) const {
  Projection projection(connection);
  std::vector<Change> changes;
  for (auto const id : ids) {
    if (auto const row = projection.find(id)) changes.push_back({id, row->confidential});
  }
  return changes;
}

void OfficeStore::tell(std::span<Change const> changed) const {
  if (listener_ && !changed.empty()) listener_(changed);
}

// ---- the exchange ---------------------------------------------------------------------------------------------------

engine::JournalSnapshot OfficeStore::snapshot() {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  auto lists = lists_on(*lease);
  auto journal = lists.head(ListKind::kJournal);
  check(journal.has_value(), "an enrolled node has a journal");
  return {*journal,
          lists.head(ListKind::kFeed).value_or(engine::ListHead{}),
          Receipts(*lease, journal->list.epoch).greatest(),
          Receipts(*lease, journal->list.epoch).marked_seq(),
          load_belief(*lease),
          lists.ahead()};
}

std::vector<wire::EncodedEntry> OfficeStore::acts_after(std::uint64_t seq, std::size_t budget_bytes) {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  return lists_on(*lease).after(ListKind::kJournal, seq, budget_bytes);
}

std::optional<Hash> OfficeStore::hash_at(std::uint64_t seq) {
  auto const lease = readers_.lease();
  return lists_on(*lease).hash_at(ListKind::kJournal, seq);
}

std::optional<engine::FeedArrival> OfficeStore::feed_entry(Position at) {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  auto stored = lists_on(*lease).entry_at(ListKind::kFeed, at);
  if (!stored) return std::nullopt;
  return engine::FeedArrival{at.seq, stored->leaf, {}, std::move(stored->skeleton), {}};
}

std::optional<wire::SaltKeys> OfficeStore::feed_keys(AssignmentId assignment) {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  return lists_on(*lease).keys_of(ListKind::kFeed, assignment);
}

Result<void> OfficeStore::settle(engine::SettledExchange const& settled) { return settle_with(settled, nullptr); }

Result<void> OfficeStore::settle(engine::SettledExchange const& settled, engine::TimeState const& state) {
  return settle_with(settled, &state);
}

Result<void> OfficeStore::settle_with(engine::SettledExchange const& settled, engine::TimeState const* state) {
  auto const changed = writer_.run([&](db::Connection& connection) {
    auto taken = take_over(connection, settled);
    if (taken) Anchors(connection).keep(settled.receipt, state);
    if (taken && state != nullptr) {
      corrects_time(settled) ? office::replace_time(connection, *state) : office::keep_time(connection, *state);
    }
    return taken;
  });
  if (!changed) return changed.error();
  tell(*changed);
  return {};
}

Result<std::vector<Change>> OfficeStore::take_over(db::Connection& connection, engine::SettledExchange const& settled) {
  auto const before = progress_on(connection);
  auto changed = take_feed(connection, settled);
  if (!changed) return changed.error();
  if (settled.journals) {
    if (auto const taken = take_journals(connection, *settled.journals, *changed); !taken) return taken.error();
  }
  auto const rules = rules_on(connection);
  std::vector<Change> gone;
  for (auto const id : *changed) {
    if (auto const row = reproject(connection, id, *rules->current())) gone.push_back(*row);
  }
  Receipts(connection, settled.receipt.journal_epoch).keep(settled.receipt);
  if (settled.identity) keep_news(connection, *settled.identity);
  note_exchange(connection, settled.receipt.sent_at);
  if (progress_on(connection) != before) {
    // What was not settled before may be in force now; the rows do not change, what the page says of them does.
    for (auto const id : Projection(connection).with_acts_after(before.settled)) {
      if (std::ranges::find(*changed, id) == changed->end()) changed->push_back(id);
    }
  }
  auto changes = changes_of(connection, *changed);
  changes.insert(changes.end(), gone.begin(), gone.end());
  return changes;
}

/// Appends what came, ahead of the feed too; gives the assignments that it touches. A new feed may go on from before
/// the end of what is held here, or from what stood aside: then it touches those on which other entries count now.
Result<std::vector<AssignmentId>> OfficeStore::take_feed(db::Connection& connection,
                                                         engine::SettledExchange const& settled) {
  auto lists = lists_on(connection);
  auto const runs_before = lists.feed_runs();
  FeedArrivals arrivals(connection, lists, settled.receipt);
  for (auto const& run : settled.earlier_feeds) {
    if (auto const taken = arrivals.take(run.list, run.entries); !taken) return taken.error();
  }
  if (auto const taken = arrivals.take(settled.feed, settled.feed_entries); !taken) return taken.error();
  if (auto const taken = arrivals.take_ahead(settled.feed, settled.previews); !taken) return taken.error();
  auto touched = std::move(arrivals).touched();
  add_to(touched, lists.recounted(runs_before));
  return touched;
}

/// Any assignment may look different afterwards.
Result<void> OfficeStore::take_journals(db::Connection& connection, engine::ReturnedJournals const& returned,
                                        std::vector<AssignmentId>& touched) {
  auto lists = lists_on(connection);
  if (auto const put = JournalReturn(connection, lists, identity_).put_in_place(returned); !put) return put;
  add_to(touched, Projection(connection).ids());
  return {};
}

Result<void> OfficeStore::begin_journal(JournalSeed const& seed, Stamp const& stamp) {
  return writer_.run([&](db::Connection& connection) {
    auto lists = lists_on(connection);
    return go_on_in_new_journal(connection, lists, identity_, seed, stamp.evidence);
  });
}

Progress OfficeStore::progress_on(db::Connection& connection) {
  auto lists = lists_on(connection);
  return progress_of(connection, lists, JournalState(connection).live());
}

// ---- reading --------------------------------------------------------------------------------------------------------

Result<AssignmentList> OfficeStore::list(ListQuery const& query) {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  Listing listing(*lease);
  auto page = listing.page(query);
  if (!page) return page.error();
  auto const total = listing.total(query, *page);
  return AssignmentList{*std::move(page), total, progress_on(*lease)};
}

std::optional<AssignmentFile> OfficeStore::file_of(AssignmentId id) {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  auto row = Projection(*lease).find(id);
  if (!row) return std::nullopt;
  auto lists = lists_on(*lease);
  auto state = lists.fold(id);
  check(state.has_value(), "an assignment in the list has entries");
  AssignmentFile file{*std::move(row),
                      *std::move(state),
                      lists.entries_of(ListKind::kFeed, id),
                      {},
                      lists::ListRegister(*lease, identity_.unit).order(ListKind::kJournal),
                      progress_on(*lease),
                      rules_on(*lease),
                      {},
                      Deliveries(*lease).of(id)};
  auto const unit = lists.unit_facts();
  OfficeWitness witness(*lease, lists, unit);
  // Beyond the calendar nothing is due, and so nothing is judged.
  if (auto verdicts = rules::verdicts_of(file.state, unit, *file.rules, witness)) {
    file.verdicts = *std::move(verdicts);
  }
  auto const feed_held = end_of(lists.head(ListKind::kFeed));
  auto const live = JournalState(*lease).live();
  bool const known = JournalState(*lease).journals_known();
  for (auto& act : lists.entries_of(ListKind::kJournal, id)) {
    auto coverage = Receipts(*lease, act.at.epoch).coverage(act.at.seq, feed_held);
    // Of a journal before the live one both ends hold the same once the centre has returned it.
    if (act.at.epoch != live && known) coverage.delivery = Delivery::kSettled;
    file.acts.push_back({std::move(act), std::move(coverage)});
  }
  return file;
}

std::optional<AssignmentRow> OfficeStore::row_of(AssignmentId id) {
  auto const lease = readers_.lease();
  return Projection(*lease).find(id);
}

lists::UnitAssessment OfficeStore::assessment(lists::AssessmentOrder const& order) {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  auto lists = lists_on(*lease);
  OfficeWitness witness(*lease, lists, lists.unit_facts());
  return lists::assess_unit(lists, witness, *rules_on(*lease), order);
}

OfficeFigures OfficeStore::figures(rules::TimeEvidence const& now, Clearance clearance) {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  auto lists = lists_on(*lease);
  return figures_of(*lease, lists, JournalState(*lease).live(), now, clearance);
}

std::uint64_t OfficeStore::undelivered() {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  auto const head = end_of(lists_on(*lease).head(ListKind::kJournal));
  auto const live = JournalState(*lease).live();
  auto const gone = std::max(Receipts(*lease, live).covered_seq(), Revocation(*lease).handed_over(live));
  return head.seq - std::min(head.seq, gone);
}

std::vector<lists::StoredEntry> OfficeStore::unit_log(std::size_t most) {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  return lists_on(*lease).unit_log(most);
}

rules::Shelf OfficeStore::rules() {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  return rules_on(*lease);
}

BroughtRules OfficeStore::brought_rules() {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  auto lists = lists_on(*lease);
  auto const shelf = rules_on(*lease);
  return {shelf, lists::rule_entries(lists), load_rule_state(*lease, *shelf).follows(*shelf)};
}

bool OfficeStore::follows_rules() {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  auto const shelf = rules_on(*lease);
  return load_rule_state(*lease, *shelf).follows(*shelf);
}

Result<void> OfficeStore::follow_rules(Stamp const& stamp, std::size_t rows) {
  return within([&](db::Connection& connection) -> Result<std::vector<AssignmentId>> {
    auto lists = lists_on(connection);
    auto const shelf = rules_on(connection);
    auto step =
        RuleRemake(connection, lists, JournalState(connection).live(), *shelf).step(stamp.evidence.interval, rows);
    if (!step.applied) return std::move(step.moved);
    NewAct const told{.kind = rules::EntryKind::kRulesApplied, .payload = *std::move(step.applied)};
    auto const recorded = append_within(connection, told, stamp);
    if (!recorded) return recorded.error();
    return std::move(step.moved);
  });
}

std::optional<std::uint64_t> OfficeStore::disk_free_bytes() {
  auto const lease = readers_.lease();
  return db::free_bytes(*lease);
}

Hash OfficeStore::digest(std::optional<Position> feed_upto, std::optional<Position> acts_upto) {
  auto const lease = readers_.lease();
  db::Snapshot const one_view(*lease);
  auto const rules = rules_on(*lease);
  return wire::state_digest(lists_on(*lease).replay(feed_upto, acts_upto),
                            feed_upto ? rules->up_to(*feed_upto) : *rules);
}

// ---- the node's own facts -------------------------------------------------------------------------------------------

Result<void> OfficeStore::keep_time(engine::TimeState const& state) {
  return writer_.run([&](db::Connection& connection) { office::keep_time(connection, state); });
}

Result<void> OfficeStore::note_link_failure(LinkFailure const& failure, engine::TimeState const& state) {
  return writer_.run([&](db::Connection& connection) {
    office::note_link_failure(connection, failure);
    // The centre was restored to before the live journal began, and has lost the ends of those before it, too: they are
    // behind the runs that it gives them now, and what stands there is to be appended again.
    if (failure.why.code == "unknown_epoch") JournalState(connection).note_journals_unknown();
    office::keep_time(connection, state);
  });
}

}  // namespace fieldnode::office

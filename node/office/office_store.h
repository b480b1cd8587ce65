#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "node/db/read_pool.h"
#include "node/db/writer.h"
#include "node/lists/contact_vault.h"
#include "node/lists/entry_lists.h"
#include "node/lists/rule_entries.h"
#include "node/lists/unit_assessment.h"
#include "node/lists/unit_rules.h"
#include "node/office/clearance.h"
#include "node/office/identity.h"
#include "node/office/journal_state.h"
#include "node/office/listing.h"
#include "node/office/new_journal.h"
#include "node/office/office_epochs.h"
#include "node/office/office_figures.h"
#include "node/office/office_states.h"
#include "node/office/stamp.h"
#include "sync/engine/journal.h"
#include "sync/rules/rule_shelf.h"
#include "sync/rules/verdict.h"

namespace fieldnode::office {

/// What somebody did, before it has a place in the journal.
/// Shape: `act_id` empty for what the program itself records; it then has no protection against a repeat.
struct NewAct {
  std::string act_id;
  Hash content{};  ///< hash of all that was said, to tell a repeat from another act under the same id
  AssignmentId assignment{};
  StaffId staff{};
  rules::EntryKind kind{};
  rules::Payload payload;
  wire::Body body;
  wire::ContactData contact;
  Clearance clearance{Clearance::kConfidential};  ///< of whoever makes it; the program itself may do anything
};

struct RecordedAct {
  lists::StoredEntry entry;
  bool repeated{};  ///< the same act id came before with the same content; nothing was added
};

/// An act with what became of it.
struct ActInFile {
  lists::StoredEntry entry;
  Coverage coverage;
};

/// All that is held on one assignment, from one reading.
struct AssignmentFile {
  AssignmentRow row;
  rules::AssignmentState state;
  std::vector<lists::StoredEntry> feed;  ///< in order
  std::vector<ActInFile> acts;           ///< in order
  rules::EpochOrder journals;
  Progress progress;
  rules::Shelf rules;
  std::vector<rules::ClockVerdict> verdicts;  ///< none beyond the calendar
  std::optional<UtcTime> delivered_at;        ///< when the dispatch came, if that is known
};

/// The rules that the feed has brought, from one reading.
struct BroughtRules {
  rules::Shelf shelf;
  std::vector<lists::RuleEntry> entries;  ///< in order, those that this program cannot read included
  bool followed{};                        ///< every row of the list is made by them
};

/// A page of a list.
struct AssignmentList {
  Listing::Page page;
  Total total;
  Progress progress;
};

/// An assignment that looks different now.
struct Change {
  AssignmentId assignment{};
  bool confidential{};
  friend bool operator==(Change const&, Change const&) = default;
};

/// Told after a commit what changed. Thread: the one that committed; must not block.
using ChangeListener = std::function<void(std::span<Change const>)>;

/// The office's database: its journal, the unit's feed, receipts, projections. What a caller was told is on disk.
/// Thread: any, with a threaded writer; with an inline writer and a sharing pool, one.
/// Errors of every call: those of the writer (`storage_failed`, `writer_busy`, `writer_stopped`); a BrokenWorld when
/// the file is not what this program wrote.
class OfficeStore final : public engine::Journal {
 public:
  /// Opens the journal of a node that has just been enrolled: identity, list and opening entry, in one transaction.
  /// The database has its tables. Nothing changes if this node is founded already.
  /// Errors: `other_node` when the database belongs to another one.
  [[nodiscard]] static Result<void> found(db::Writer& writer, lists::ContactVault& vault, Random& random,
                                          OfficeIdentity const& identity, Stamp const& stamp);

  /// `first`: what the node counts by until the city has published something. Shape: the database is founded for
  /// `identity`.
  OfficeStore(db::Writer& writer, db::ReadPool& readers, lists::ContactVault& vault, rules::RuleBook const& first,
              OfficeIdentity identity);

  /// As it was when the store was opened; the journal may have gone on in another epoch since.
  [[nodiscard]] OfficeIdentity const& identity() const { return identity_; }
  /// Before anything else runs.
  void set_listener(ChangeListener listener) { listener_ = std::move(listener); }

  /// Judges, records and projects one act, together with the clock's floor.
  /// Errors: `act_id_reused`, `unknown_assignment` (also for one that the maker of the act may not see), every code of
  /// `rules::judge`, `entry_too_large`.
  [[nodiscard]] Result<RecordedAct> append(NewAct const& act, Stamp const& stamp);
  /// The same inside a job of somebody else (staff accounts change together with their journal entry).
  [[nodiscard]] Result<RecordedAct> append_within(db::Connection& connection, NewAct const& act, Stamp const& stamp);
  /// Runs `task` as one job; it gives the assignments that its acts stand on, and the page is told of them afterwards.
  using Task = std::function<Result<std::vector<AssignmentId>>(db::Connection&)>;
  [[nodiscard]] Result<void> within(Task const& task);

  /// Goes on in a new journal: an operator chooses this copy of the node. What the centre does not hold is appended
  /// again once it has returned what it holds.
  [[nodiscard]] Result<void> begin_journal(JournalSeed const& seed, Stamp const& stamp);

  // engine::Journal
  [[nodiscard]] engine::NodeEpochs& epochs() override { return epochs_; }
  [[nodiscard]] engine::StateBook& states() override { return states_; }
  [[nodiscard]] engine::JournalSnapshot snapshot() override;
  [[nodiscard]] std::vector<wire::EncodedEntry> acts_after(std::uint64_t seq, std::size_t budget_bytes) override;
  [[nodiscard]] std::optional<Hash> hash_at(std::uint64_t seq) override;
  [[nodiscard]] std::optional<engine::FeedArrival> feed_entry(Position at) override;
  [[nodiscard]] std::optional<wire::SaltKeys> feed_keys(AssignmentId assignment) override;
  [[nodiscard]] Result<void> settle(engine::SettledExchange const& settled) override;
  /// The same, and what its receipt taught the clock, in one commit.
  [[nodiscard]] Result<void> settle(engine::SettledExchange const& settled, engine::TimeState const& state);

  /// Errors: `bad_field` for a cursor that is none.
  [[nodiscard]] Result<AssignmentList> list(ListQuery const& query);
  [[nodiscard]] std::optional<AssignmentFile> file_of(AssignmentId id);
  [[nodiscard]] std::optional<AssignmentRow> row_of(AssignmentId id);
  [[nodiscard]] OfficeFigures figures(rules::TimeEvidence const& now, Clearance clearance);
  /// One reading of the whole unit.
  [[nodiscard]] lists::UnitAssessment assessment(lists::AssessmentOrder const& order);
  [[nodiscard]] std::uint64_t undelivered();
  /// What was last said of the unit as a whole, the newest first.
  [[nodiscard]] std::vector<lists::StoredEntry> unit_log(std::size_t most);
  /// By which rules the node counts, as its feed says.
  [[nodiscard]] rules::Shelf rules();
  [[nodiscard]] BroughtRules brought_rules();
  /// True when the list's rows are made by them.
  [[nodiscard]] bool follows_rules();
  /// Makes at most `rows` of them anew; with the last one, what the change has moved is journaled.
  [[nodiscard]] Result<void> follow_rules(Stamp const& stamp, std::size_t rows);
  /// What the disk still takes; nothing where the system does not say.
  [[nodiscard]] std::optional<std::uint64_t> disk_free_bytes();

  [[nodiscard]] Result<void> keep_time(engine::TimeState const& state);
  /// How an attempt to reach the centre failed, and the clock's floor, in one commit.
  [[nodiscard]] Result<void> note_link_failure(LinkFailure const& failure, engine::TimeState const& state);

  /// The state's name at a position of both lists (nothing: all that is held).
  [[nodiscard]] Hash digest(std::optional<Position> feed_upto, std::optional<Position> acts_upto);

 private:
  [[nodiscard]] lists::EntryLists lists_on(db::Connection& connection) { return {connection, vault_, identity_.unit}; }
  [[nodiscard]] rules::Shelf rules_on(db::Connection& connection) {
    return rules_.on(connection, vault_, identity_.unit);
  }
  [[nodiscard]] Result<RecordedAct> repeat_of(db::Connection& connection, Position at, bool same_content);
  [[nodiscard]] Result<void> judge(db::Connection& connection, rules::Skeleton const& act,
                                   rules::RuleShelf const& rules);
  std::optional<Change> reproject(db::Connection& connection, AssignmentId assignment, rules::RuleBook const& book);
  [[nodiscard]] std::optional<Change> take_off(db::Connection& connection, lists::EntryLists& lists,
                                               AssignmentId assignment);
  [[nodiscard]] Result<void> settle_with(engine::SettledExchange const& settled, engine::TimeState const* state);
  [[nodiscard]] Result<std::vector<Change>> take_over(db::Connection& connection,
                                                      engine::SettledExchange const& settled);
  [[nodiscard]] Result<std::vector<AssignmentId>> take_feed(db::Connection& connection,
                                                            engine::SettledExchange const& settled);
  [[nodiscard]] Result<void> take_journals(db::Connection& connection, engine::ReturnedJournals const& returned,
                                           std::vector<AssignmentId>& touched);
  [[nodiscard]] Progress progress_on(db::Connection& connection);
  [[nodiscard]] std::vector<Change> changes_of(db::Connection& connection, std::span<AssignmentId const> ids) const;
  void tell(std::span<Change const> changed) const;

  db::Writer& writer_;
  db::ReadPool& readers_;
  lists::ContactVault& vault_;
  lists::UnitRules rules_;
  OfficeIdentity identity_;
  OfficeEpochs epochs_;
  OfficeStates states_;
  ChangeListener listener_;
};

}  // namespace fieldnode::office

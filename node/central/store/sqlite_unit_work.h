#pragma once

#include <optional>
#include <set>

#include "node/central/store/aside_rows.h"
#include "node/central/store/central_store.h"
#include "node/central/store/phone_rows.h"
#include "node/central/store/receipt_rows.h"
#include "node/central/store/signed_head_rows.h"
#include "node/central/store/sqlite_case_book.h"
#include "node/central/store/sqlite_unit_epochs.h"
#include "node/central/store/time_rows.h"
#include "node/central/store/unit_alarms.h"
#include "node/central/store/unit_rows.h"
#include "node/central/store/unit_work.h"
#include "node/central/store/veto_rows.h"
#include "node/lists/entry_lists.h"
#include "node/lists/state_digests.h"
#include "node/lists/unit_rules.h"

namespace fieldnode::central {

/// One job of the writer on one unit: SQLite has one writer, so holding the job is holding the unit's row.
class SqliteUnitWork final : public UnitWork {
 public:
  struct World {
    lists::UnitRules& rules;
    Random& random;
    ClockDoubt const& doubt;
  };
  SqliteUnitWork(db::Connection& connection, lists::ContactVault& vault, World const& world, UnitRecord const& unit);

  // engine::Ledger
  [[nodiscard]] engine::UnitEpochs& epochs() override { return epochs_; }
  [[nodiscard]] engine::StateBook& states() override { return states_; }
  void note_difference(AssignmentId assignment, UtcTime at) override {
    raise({"state_differs", assignment.value, 0, 0, at});
  }
  [[nodiscard]] engine::UnitHeads heads() override;
  [[nodiscard]] rules::Shelf rules() override;
  [[nodiscard]] std::optional<Hash> journal_hash_at(std::uint64_t seq) override;
  [[nodiscard]] std::optional<wire::SaltKeys> journal_keys(AssignmentId assignment) override;
  [[nodiscard]] std::optional<rules::AssignmentState> assignment(AssignmentId id) override;
  [[nodiscard]] std::optional<UtcTime> anchor_sent_at(std::uint64_t anchor) override;
  [[nodiscard]] std::optional<UtcTime> feed_entry_time(Position at) override;
  void append_act(engine::ActArrival const& act) override;
  void mark_held(UtcTime at) override;
  void keep_signed_head(wire::SignedHead const& head) override;
  void append_entry(rules::EntryKind kind, AssignmentId assignment, rules::Payload const& payload, UtcTime at) override;
  [[nodiscard]] std::vector<wire::EncodedEntry> feed_after(std::uint64_t seq, std::size_t budget_bytes) override;
  [[nodiscard]] std::vector<rules::Placed> feed_skeletons(std::uint64_t seq, std::size_t most) override;
  [[nodiscard]] engine::FeedLeaf feed_leaf(std::uint64_t seq) override;
  [[nodiscard]] std::optional<Hash> feed_hash_at(std::uint64_t seq) override;
  [[nodiscard]] std::vector<wire::Mark> marks_after(std::uint64_t seq, std::size_t most) override;
  void keep_receipt(wire::Receipt const& unsigned_receipt) override;

  // UnitWork
  [[nodiscard]] UnitRecord unit() override { return require_unit(); }
  [[nodiscard]] CaseBook& cases() override { return cases_; }
  [[nodiscard]] VetoBook& vetoes() override { return vetoes_; }
  [[nodiscard]] std::vector<lists::StoredEntry> unit_entries(wire::ListKind list, rules::EntryKind of) override {
    return lists_.unit_entries(list, of);
  }
  [[nodiscard]] rules::Skeleton draft_skeleton(FeedDraft const& draft) override;
  [[nodiscard]] Result<Position> append(FeedDraft draft) override;
  [[nodiscard]] std::vector<rules::TimeSpan> take_untold_gaps() override;
  [[nodiscard]] Result<void> append_rules(UtcTime at) override;
  void raise(UnitAlarm const& alarm) override { UnitAlarms(connection_, unit_).raise(alarm); }
  [[nodiscard]] AsideShelf& aside() override { return aside_; }
  void note_exchange(wire::NodeStatus const& status, UtcTime at) override;
  [[nodiscard]] rules::EvidenceExport count_entries(AssignmentId assignment) override;
  [[nodiscard]] std::vector<lists::EvidenceEnd> list_ends() override;
  [[nodiscard]] NodeId next_node() override;
  [[nodiscard]] Result<void> add_node(NewNode const& node) override;
  void confirm_node(NodeRecord const& node, UtcTime at, StaffId by) override;
  [[nodiscard]] std::optional<std::string> find_certificate(NodeId node, Hash const& request) override {
    return rows_.find_certificate(node, request);
  }
  void add_certificate(NodeCertificate const& certificate) override { rows_.add_certificate(certificate); }
  void end_node(NodeId id, NodeEnding const& ending) override;
  [[nodiscard]] std::optional<NodeRecord> find_node(NodeId id) override { return rows_.find_node(id); }
  [[nodiscard]] std::optional<CodeRecord> find_code(std::uint16_t locator) override { return rows_.find_code(locator); }
  void put_code(CodeRecord const& code) override { rows_.put_code(code); }
  [[nodiscard]] std::optional<rules::Skeleton> feed_skeleton(Position at) override {
    return lists_.skeleton_at(wire::ListKind::kFeed, at);
  }
  [[nodiscard]] std::optional<ChallengeRecord> find_challenge(std::uint64_t challenge) override {
    return phones_.find(unit_, challenge);
  }
  [[nodiscard]] std::optional<ChallengeRecord> find_challenge(std::string_view request) override {
    return phones_.find_request(request);
  }
  void put_challenge(ChallengeRecord const& record) override { phones_.put(record); }
  void note_told(UtcTime at) override { rows_.note_sent(unit_, at); }
  [[nodiscard]] std::vector<std::uint64_t> anchors_in(SignedSpan const& span) override {
    return TimeRows(connection_).anchors_in({unit_, span.from, span.until});
  }
  void repeal(SignedSpan const& span) override { TimeRows(connection_).repeal({unit_, span.from, span.until}); }

  /// Opens the unit's first feed.
  [[nodiscard]] Result<void> open_feed(UtcTime at) { return epochs_.open_feed(at); }
  /// Brings the projection of what was touched up to date. The last call of the transaction.
  void finish();
  /// What listeners are told once the transaction is on disk. After `finish`.
  [[nodiscard]] StoreChange change() const {
    return {.unit = unit_,
            .feed_grew = feed_grew_,
            .acts_came = acts_came_,
            .nodes_changed = nodes_changed_,
            .cases = cases_.changed()};
  }

 private:
  void tell_lost_window(NodeRecord const& successor, UtcTime at);
  [[nodiscard]] UnitRecord require_unit();
  [[nodiscard]] engine::ListHead journal_head();
  [[nodiscard]] rules::TimeEvidence written_at(UtcTime at);

  db::Connection& connection_;
  lists::ContactVault& vault_;
  lists::UnitRules& rules_;
  ClockDoubt const& doubt_;
  UnitId unit_;
  lists::EntryLists lists_;
  UnitRows rows_;
  ReceiptRows receipts_;
  PhoneRows phones_;
  SqliteCaseBook cases_;
  VetoRows vetoes_;
  lists::EvidenceLists evidence_;
  SqliteUnitEpochs epochs_;
  AsideRows aside_;
  lists::StateDigests states_;
  std::set<AssignmentId> touched_;
  bool acts_came_{};
  bool feed_grew_{};
  bool nodes_changed_{};
};

}  // namespace fieldnode::central

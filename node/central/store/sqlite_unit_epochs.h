#pragma once

#include <functional>

#include "node/central/store/receipt_rows.h"
#include "node/central/store/unit_work.h"
#include "node/lists/entry_lists.h"
#include "node/lists/unit_rules.h"

namespace fieldnode::central {

/// What stands before a unit's live lists, and how they heal, in one job of the writer.
class SqliteUnitEpochs final : public engine::UnitEpochs {
 public:
  struct World {
    db::Connection& connection;
    lists::EntryLists& lists;
    lists::UnitRules& rules;
    UnitWork& work;
    Random& random;
    UnitId unit;
    std::function<void()> feed_grew;
    std::function<void(AssignmentId)> touched;  ///< other entries on it count; its projection follows
  };
  explicit SqliteUnitEpochs(World world) : world_(std::move(world)) {}

  [[nodiscard]] std::vector<engine::EpochRun> journals() override;
  [[nodiscard]] std::vector<engine::EpochRun> feeds() override;
  [[nodiscard]] std::optional<Hash> hash_at(wire::ListKind kind, Position at) override;
  [[nodiscard]] std::vector<wire::EncodedEntry> entries_after(wire::ListKind kind, Position at,
                                                              std::size_t budget_bytes) override;
  [[nodiscard]] std::optional<wire::SignedHead> signed_head(wire::ListName const& journal) override;
  void register_journal(wire::ListName const& journal) override;
  [[nodiscard]] bool awaits_report() override;
  [[nodiscard]] UtcTime awaits_report_since() override;
  void await_reports(UtcTime now) override;
  [[nodiscard]] std::optional<wire::SaltKeys> feed_keys(AssignmentId assignment) override;
  [[nodiscard]] Result<void> readopt(wire::ListName const& feed, engine::FeedArrival const& entry) override;
  void readopt(wire::Receipt const& receipt) override;
  void note_judged(Position upto) override;
  [[nodiscard]] bool was_judged(Position act) override;
  void resume_feed(std::uint64_t lost, UtcTime at) override;

  /// Opens a feed behind the others, with salt keys of its own; its parent is the end of the one before, if any.
  [[nodiscard]] Result<void> open_feed(UtcTime at);

 private:
  [[nodiscard]] std::vector<engine::EpochRun> runs(wire::ListKind kind);
  /// A content that is attached already changes nothing.
  void attach_to(CaseId id, lists::StoredEntry const& dispatch);
  [[nodiscard]] Result<void> readopt_case(lists::StoredEntry const& dispatch);
  void readopt_rule(lists::StoredEntry const& published);

  World world_;
};

}  // namespace fieldnode::central

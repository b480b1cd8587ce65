#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sync/engine/journal.h"

namespace fieldnode::engine {

/// One run in the order of registration. Shape: what stands behind `end` is held and counts for nothing.
struct EpochRun {
  ListHead head;
  std::uint64_t end{};  ///< of the live list: its head
};

/// The centre's store as healing sees it, in the transaction of one exchange. Implementations: SQLite, PostgreSQL.
/// Source: PROTOCOL, "Epochs".
class UnitEpochs {
 public:
  virtual ~UnitEpochs() = default;

  /// In the order in which they were registered, the live one last.
  [[nodiscard]] virtual std::vector<EpochRun> journals() = 0;
  [[nodiscard]] virtual std::vector<EpochRun> feeds() = 0;
  [[nodiscard]] virtual std::optional<Hash> hash_at(wire::ListKind kind, Position at) = 0;
  /// At least one if there is any, then as many as fit. With their salts where the node may not have the keys.
  [[nodiscard]] virtual std::vector<wire::EncodedEntry> entries_after(wire::ListKind kind, Position at,
                                                                      std::size_t budget_bytes) = 0;
  /// The node's signature over a journal as far as it is held.
  [[nodiscard]] virtual std::optional<wire::SignedHead> signed_head(wire::ListName const& journal) = 0;

  /// Puts the journal behind all others of the unit; the run of the live one ends where it is held now.
  virtual void register_journal(wire::ListName const& journal) = 0;

  /// True from a restore until the node has reported: nothing is appended to the feed meanwhile.
  [[nodiscard]] virtual bool awaits_report() = 0;
  /// When that restore was: what a node asked before it is no report.
  [[nodiscard]] virtual UtcTime awaits_report_since() = 0;
  /// The city was rolled back behind its own back: every unit's node must report, and numbers that the lost part may
  /// have given are left out.
  virtual void await_reports(UtcTime now) = 0;
  /// The salt keys of entries on an assignment; none: those of the feed's opening.
  [[nodiscard]] virtual std::optional<wire::SaltKeys> feed_keys(AssignmentId assignment) = 0;
  /// Takes a lost entry in where it stood, with all that follows from it; its feed is opened behind the others first.
  /// Errors: `report_conflicts` when a number that it names was given to something else since.
  [[nodiscard]] virtual Result<void> readopt(wire::ListName const& feed, FeedArrival const& entry) = 0;
  /// A receipt of the centre's own that was lost: its marks, and that what it covers was judged.
  virtual void readopt(wire::Receipt const& receipt) = 0;
  /// Acts up to this one were judged before the restore.
  virtual void note_judged(Position upto) = 0;
  [[nodiscard]] virtual bool was_judged(Position act) = 0;
  /// The report is whole: the feed goes on in a new epoch. `lost`: entries behind the feed's end that receipts speak
  /// of and nobody holds any more.
  virtual void resume_feed(std::uint64_t lost, UtcTime at) = 0;
};

}  // namespace fieldnode::engine

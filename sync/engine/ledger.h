#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "sync/base/result.h"
#include "sync/crypto/suite.h"
#include "sync/engine/journal.h"
#include "sync/engine/state_book.h"
#include "sync/engine/unit_epochs.h"
#include "sync/rules/assignment.h"
#include "sync/rules/rule_shelf.h"
#include "sync/wire/exchange.h"

namespace fieldnode::engine {

/// The unit's row at the centre: both lists' heads from one reading.
struct UnitHeads {
  UnitId unit{};
  NodeId node{};
  bool revoked{};
  crypto::PublicKey node_key{};
  ListHead journal;  ///< the live journal epoch, as far as judged
  ListHead feed;
  std::optional<UtcTime> last_sent_at;  ///< no receipt may carry an earlier time
};

/// An act that continued the chain and is to be kept.
struct ActArrival {
  std::uint64_t seq{};
  Hash leaf{};
  Hash hash{};
  rules::Skeleton skeleton;
  wire::EncodedEntry entry;
};

/// A feed entry as it is sent ahead.
struct FeedLeaf {
  std::uint64_t seq{};
  Hash leaf{};
  wire::EncodedEntry entry;
};

/// The centre's store seen by one exchange: one transaction on the unit's locked row. Implementations: SQLite,
/// PostgreSQL. Nothing here may be called after the transaction has ended.
class Ledger {
 public:
  virtual ~Ledger() = default;

  [[nodiscard]] virtual UnitEpochs& epochs() = 0;
  [[nodiscard]] virtual StateBook& states() = 0;
  /// Both ends hold the same entries and fold them to other states: an operator must hear of it.
  virtual void note_difference(AssignmentId assignment, UtcTime at) = 0;

  [[nodiscard]] virtual UnitHeads heads() = 0;
  /// By which rules the unit counts, as its feed says now.
  [[nodiscard]] virtual rules::Shelf rules() = 0;

  /// The chain's hash after act `seq` of the live journal epoch.
  [[nodiscard]] virtual std::optional<Hash> journal_hash_at(std::uint64_t seq) = 0;
  /// Salt keys of the assignment; none: the unit-wide keys of the journal's first entry (absent before it is held).
  [[nodiscard]] virtual std::optional<wire::SaltKeys> journal_keys(AssignmentId assignment) = 0;
  /// The fold of the assignment's entries as held now; nothing if the unit never had it.
  [[nodiscard]] virtual std::optional<rules::AssignmentState> assignment(AssignmentId id) = 0;
  /// When the receipt that `anchor` names was sent to this node; nothing if no such receipt was.
  [[nodiscard]] virtual std::optional<UtcTime> anchor_sent_at(std::uint64_t anchor) = 0;
  /// When the feed entry at `at` was made.
  [[nodiscard]] virtual std::optional<UtcTime> feed_entry_time(Position at) = 0;

  /// Keeps an act at the end of the journal.
  virtual void append_act(ActArrival const& act) = 0;
  /// Acts that no mark covers yet were held at `at`. Not said while the centre's clock is unsure: then the first
  /// exchange that has a time says it.
  virtual void mark_held(UtcTime at) = 0;
  /// The node's own signature over its journal, now held as far as it reaches; it replaces the one before.
  virtual void keep_signed_head(wire::SignedHead const& head) = 0;
  /// Appends to the feed; the ledger gives number, basis (= journal head) and salt.
  virtual void append_entry(rules::EntryKind kind, AssignmentId assignment, rules::Payload const& payload,
                            UtcTime at) = 0;

  /// Feed entries after `seq`, at least one if there is any, then as many as fit `budget_bytes`.
  [[nodiscard]] virtual std::vector<wire::EncodedEntry> feed_after(std::uint64_t seq, std::size_t budget_bytes) = 0;
  /// The skeletons of those entries, at most `most`.
  [[nodiscard]] virtual std::vector<rules::Placed> feed_skeletons(std::uint64_t seq, std::size_t most) = 0;
  /// Shape: the feed holds `seq`.
  [[nodiscard]] virtual FeedLeaf feed_leaf(std::uint64_t seq) = 0;
  [[nodiscard]] virtual std::optional<Hash> feed_hash_at(std::uint64_t seq) = 0;
  /// (seq, first received-at) of each commit that took in acts after `seq`, oldest first, at most `most`.
  [[nodiscard]] virtual std::vector<wire::Mark> marks_after(std::uint64_t seq, std::size_t most) = 0;

  /// The receipt about to be signed will carry these times; its anchor must be found by anchor_sent_at later.
  virtual void keep_receipt(wire::Receipt const& unsigned_receipt) = 0;
};

}  // namespace fieldnode::engine

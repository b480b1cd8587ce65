#pragma once

#include <string>

#include "node/central/store/case_book.h"
#include "node/central/store/records.h"
#include "sync/engine/ledger.h"

namespace fieldnode::central {

/// What the centre says in a unit's feed; number, basis and salt are the ledger's.
struct FeedDraft {
  rules::EntryKind kind{};
  AssignmentId assignment{};
  rules::Payload payload;
  StaffId staff{};
  UtcTime at{};
  wire::Body body;
  wire::ContactData contact;
};

/// A program to be put in charge of the unit.
struct NewNode {
  NodeId id{};
  crypto::PublicKey public_key{};
  Epoch journal_epoch{};
  Hash fingerprint{};
  std::string certificate;
  UtcTime at{};
};

/// One transaction that holds the unit's row: the exchange sees it as its ledger, the desks append to its feed.
class UnitWork : public engine::Ledger {
 public:
  [[nodiscard]] virtual UnitRecord unit() = 0;
  [[nodiscard]] virtual CaseBook& cases() = 0;

  /// The skeleton that `append` would write now, for `rules::judge_decision`.
  [[nodiscard]] virtual rules::Skeleton draft_skeleton(FeedDraft const& draft) = 0;
  /// Appends to the feed. Errors: `entry_too_large`, `missing_salt_keys` (the assignment's contact keys are gone).
  [[nodiscard]] virtual Result<Position> append(FeedDraft draft) = 0;

  /// Takes what the node says of itself, unless it is older than what is known.
  virtual void note_exchange(wire::NodeStatus const& status, UtcTime at) = 0;

  [[nodiscard]] virtual NodeId next_node() = 0;
  /// Registers the node's journal and revokes the node before it.
  /// Errors: `journal_epoch_known`, when it did not draw a new epoch.
  [[nodiscard]] virtual Result<void> register_node(NewNode const& node) = 0;
  [[nodiscard]] virtual std::optional<NodeRecord> find_node(NodeId id) = 0;

  [[nodiscard]] virtual std::optional<CodeRecord> find_code(std::uint16_t locator) = 0;
  virtual void put_code(CodeRecord const& code) = 0;
};

}  // namespace fieldnode::central

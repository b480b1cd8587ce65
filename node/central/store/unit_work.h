#pragma once

#include <string>

#include "node/central/store/aside_shelf.h"
#include "node/central/store/case_book.h"
#include "node/central/store/phone_records.h"
#include "node/central/store/records.h"
#include "node/central/store/time_records.h"
#include "node/central/store/veto_book.h"
#include "node/lists/evidence_lists.h"
#include "node/lists/stored_entry.h"
#include "sync/engine/ledger.h"
#include "sync/rules/outages.h"

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

/// A program that asks to be put in charge of the unit.
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
  [[nodiscard]] virtual VetoBook& vetoes() = 0;
  /// The feed's entries of one kind on the unit as a whole, in order; what acts of one kind its journals hold.
  [[nodiscard]] virtual std::vector<lists::StoredEntry> unit_entries(wire::ListKind list, rules::EntryKind of) = 0;

  /// The skeleton that `append` would write now, for `rules::judge_decision`.
  [[nodiscard]] virtual rules::Skeleton draft_skeleton(FeedDraft const& draft) = 0;
  /// Appends to the feed. Errors: `entry_too_large`, `missing_salt_keys` (the assignment's contact keys are gone).
  [[nodiscard]] virtual Result<Position> append(FeedDraft draft) = 0;

  /// When the centre did not serve and this unit's feed does not say so yet; they count as told.
  [[nodiscard]] virtual std::vector<rules::TimeSpan> take_untold_gaps() = 0;

  /// Appends what the city has published and this feed does not bring yet, in the order of publication.
  [[nodiscard]] virtual Result<void> append_rules(UtcTime at) = 0;

  virtual void raise(UnitAlarm const& alarm) = 0;
  /// What revoked nodes of this unit delivered.
  [[nodiscard]] virtual AsideShelf& aside() = 0;

  /// Takes what the node says of itself, unless it is older than what is known.
  virtual void note_exchange(wire::NodeStatus const& status, UtcTime at) = 0;

  /// For evidence: how many entries there are on the assignment, and where all lists of the unit end now.
  [[nodiscard]] virtual rules::EvidenceExport count_entries(AssignmentId assignment) = 0;
  [[nodiscard]] virtual std::vector<lists::EvidenceEnd> list_ends() = 0;

  [[nodiscard]] virtual NodeId next_node() = 0;
  /// Keeps a node that waits to be confirmed; in charge stays whoever is.
  /// Errors: `journal_epoch_known`, when it did not draw a new epoch.
  [[nodiscard]] virtual Result<void> add_node(NewNode const& node) = 0;
  /// Puts a waiting node in charge: registers its journal and revokes the node before it.
  virtual void confirm_node(NodeRecord const& node, UtcTime at, StaffId by) = 0;
  /// A certificate that the node was given for this request; nothing if it was not.
  [[nodiscard]] virtual std::optional<std::string> find_certificate(NodeId node, Hash const& request) = 0;
  virtual void add_certificate(NodeCertificate const& certificate) = 0;
  /// It has served, or waited, for the last time.
  virtual void end_node(NodeId id, NodeEnding const& ending) = 0;
  /// Both at once, for whoever knows the node already.
  [[nodiscard]] Result<void> register_node(NewNode const& node);
  [[nodiscard]] virtual std::optional<NodeRecord> find_node(NodeId id) = 0;

  [[nodiscard]] virtual std::optional<CodeRecord> find_code(std::uint16_t locator) = 0;
  virtual void put_code(CodeRecord const& code) = 0;

  /// What the feed says at a place.
  [[nodiscard]] virtual std::optional<rules::Skeleton> feed_skeleton(Position at) = 0;

  /// Of this unit.
  [[nodiscard]] virtual std::optional<ChallengeRecord> find_challenge(std::uint64_t challenge) = 0;
  /// Of the whole city.
  [[nodiscard]] virtual std::optional<ChallengeRecord> find_challenge(std::string_view request) = 0;
  virtual void put_challenge(ChallengeRecord const& record) = 0;
  /// A time that was told to this unit by word of mouth: no receipt may carry an earlier one.
  virtual void note_told(UtcTime at) = 0;

  /// The unit's anchors in the span that were not taken back, in the order of their times.
  [[nodiscard]] virtual std::vector<std::uint64_t> anchors_in(SignedSpan const& span) = 0;
  /// They are anchors no more, and the next receipt may carry an earlier time than they did.
  virtual void repeal(SignedSpan const& span) = 0;
};

}  // namespace fieldnode::central

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "node/db/connection.h"
#include "node/lists/contact_vault.h"
#include "sync/engine/journal.h"
#include "sync/rules/assignment.h"
#include "sync/rules/replay.h"
#include "sync/wire/entry.h"

/// The two append-only lists on SQLite. Both ends keep both lists (the office its journal and the unit's feed, the
/// centre those of every unit), with the same tables and the same fold; so the code stands once, below both.
namespace fieldnode::lists {

/// A stored entry with everything about its place.
struct StoredEntry {
  Position at{};
  Hash leaf{};
  Hash hash{};
  rules::Skeleton skeleton;
  wire::EncodedEntry entry;
};

/// What a new entry says; the list gives the place, the number within the assignment and the chain.
struct NewEntry {
  rules::Skeleton skeleton;  ///< `number` is filled in
  wire::Body body;
  wire::ContactData contact;
};

/// A unit's lists in one database. Every call runs in the caller's transaction on `connection`.
/// Errors: a broken database throws; a contact part is sealed and opened by `vault`.
class EntryLists {
 public:
  EntryLists(db::Connection& connection, ContactVault& vault, UnitId unit);

  /// Registers a list; its rank among the unit's lists of that kind is the order of registration.
  void open(wire::ListName const& list);
  /// The newest list of the kind; nothing before the first `open`.
  [[nodiscard]] std::optional<engine::ListHead> head(wire::ListKind kind);

  /// Appends an entry made here: encodes once, salts, chains. Errors: `entry_too_large`.
  Result<StoredEntry> append(wire::ListKind kind, NewEntry entry);
  /// Appends an entry received and verified elsewhere, byte for byte.
  void append_received(wire::ListKind kind, StoredEntry const& entry);

  /// Entries of the newest list of the kind after `seq`: at least one if any, then as many as fit `budget_bytes`.
  [[nodiscard]] std::vector<wire::EncodedEntry> after(wire::ListKind kind, std::uint64_t seq, std::size_t budget_bytes);
  [[nodiscard]] std::optional<Hash> hash_at(wire::ListKind kind, std::uint64_t seq);
  [[nodiscard]] std::optional<StoredEntry> entry_at(wire::ListKind kind, Position at);

  /// The salt keys that entries of `kind` on `assignment` are salted with (none: the unit-wide ones of that list).
  [[nodiscard]] std::optional<wire::SaltKeys> keys_of(wire::ListKind kind, AssignmentId assignment);

  /// All entries on an assignment, each list in order.
  [[nodiscard]] std::vector<StoredEntry> entries_of(wire::ListKind kind, AssignmentId assignment);
  /// The fold of the assignment; nothing if there is no entry on it.
  [[nodiscard]] std::optional<rules::AssignmentState> fold(AssignmentId assignment);
  /// The whole unit replayed from its first entry up to the given places (0: all). For `verify` and the digest.
  [[nodiscard]] rules::UnitState replay(std::optional<Position> feed_upto, std::optional<Position> acts_upto);

  /// Walks both chains from their first entries: every leaf and hash recomputed.
  /// Errors: `chain_broken` names list, seq and what differs.
  [[nodiscard]] Result<void> verify();

 private:
  db::Connection& connection_;
  ContactVault& vault_;
  UnitId unit_;
};

}  // namespace fieldnode::lists

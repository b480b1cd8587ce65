#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "node/db/connection.h"
#include "node/lists/contact_vault.h"
#include "node/lists/entry_lists.h"
#include "sync/base/random.h"

/// Two ends with a database each, and the way of an entry from one to the other as the exchange goes it.
namespace fieldnode::lists {

inline constexpr UnitId kUnit{11};
inline constexpr NodeId kNode{21};
inline constexpr wire::ListName kJournal{wire::ListKind::kJournal, kUnit, kNode, Epoch{0x8000000000000001}};
inline constexpr wire::ListName kFeed{wire::ListKind::kFeed, kUnit, {}, Epoch{0xF000000000000002}};

/// Brings the tables into a database.
void migrate_lists(db::Connection& connection);

[[nodiscard]] db::Connection migrated_in_memory();

/// One end: its database, its key, its lists.
struct End {
  explicit End(std::uint64_t seed, UnitId unit = kUnit);

  db::Connection connection;
  SeededRandom chance;
  ContactVault vault;
  EntryLists lists;
};

[[nodiscard]] wire::SaltKeys keys_from(Random& random);
[[nodiscard]] NewEntry new_entry(rules::EntryKind kind, AssignmentId assignment, rules::Payload payload);
[[nodiscard]] NewEntry dispatch_of(AssignmentId assignment, Random& random);
[[nodiscard]] NewEntry contact_with(AssignmentId assignment, std::string note);

/// Appends what cannot be refused.
StoredEntry append(EntryLists& lists, wire::ListKind kind, NewEntry entry);
/// Takes bytes as the exchange would: keys looked up at the receiver, leaf and hash computed there.
StoredEntry receive(EntryLists& to, wire::ListKind kind, wire::EncodedEntry const& bytes);

/// An office and a centre with open lists whose openings both hold.
struct TwoEnds {
  TwoEnds();
  /// Appends at the list's own end and hands the bytes to the other.
  StoredEntry say(wire::ListKind kind, NewEntry entry);
  /// A dispatch, an acknowledgement, a contact and a resolution, with feed entries between them.
  void handle(AssignmentId assignment);
  /// Fills `basis` with what the other list has come to.
  [[nodiscard]] NewEntry based(wire::ListKind kind, NewEntry entry);

  End office{101};
  End centre{202};
  std::int64_t at_ms{1'800'000'000'000};
};

}  // namespace fieldnode::lists

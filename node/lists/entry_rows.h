#pragma once

#include <optional>
#include <utility>

#include "node/db/connection.h"
#include "node/lists/contact_vault.h"
#include "node/lists/list_register.h"
#include "node/lists/sealed_parts.h"
#include "node/lists/stored_entry.h"
#include "sync/base/result.h"

namespace fieldnode::lists {

/// Salt keys, and what kind of entry brought them.
struct BroughtKeys {
  wire::SaltKeys keys;
  rules::EntryKind by{};
};

/// The rows of table `entry` of one unit: contact parts are sealed on their way in and opened on their way out.
class EntryRows {
 public:
  EntryRows(db::Connection& connection, ContactVault& vault, UnitId unit)
      : connection_(connection), parts_(connection, vault, unit) {}

  void insert(ListRow const& list, StoredEntry const& entry);
  void remove_after(ListRow const& list, std::uint64_t seq);
  /// Gives an entry that was held ahead of its list its place in the chain.
  void place(ListRow const& list, std::uint64_t seq, Hash const& hash);
  /// Puts another form of body and contact in place of those stored.
  void replace_parts(ListRow const& list, StoredEntry const& entry);

  /// Statements whose rows `read` takes: the entries of a list after a place, in order.
  [[nodiscard]] db::Statement after(ListRow const& list, std::uint64_t seq);
  /// Those of them that stand on an assignment.
  [[nodiscard]] db::Statement on(ListRow const& list, AssignmentId assignment);
  /// One column: the assignments that entries after a place up to another one stand on.
  [[nodiscard]] db::Statement assignments_between(ListRow const& list, std::uint64_t after, std::uint64_t upto);
  /// Those of a kind that stand on no assignment.
  [[nodiscard]] db::Statement unit_wide(ListRow const& list, rules::EntryKind kind);
  /// Published policies and calendars.
  [[nodiscard]] db::Statement published_rules(ListRow const& list);

  /// The last entries on the unit as a whole, the newest first.
  [[nodiscard]] db::Statement last_unit_wide(ListRow const& list, std::size_t most);

  /// Two columns of the same entries, for `require_skeleton`: seq, skeleton.
  [[nodiscard]] db::Statement skeletons_on(ListRow const& list, AssignmentId assignment);
  /// Two columns of the entries after a place, at most `most`: seq, skeleton.
  [[nodiscard]] db::Statement skeletons_after(ListRow const& list, std::uint64_t seq, std::size_t most);
  [[nodiscard]] std::optional<rules::Skeleton> skeleton_at(ListRow const& list, std::uint64_t seq);

  /// Errors: what is wrong with the row: `malformed_entry`, `malformed_part`, those of `ContactVault::try_open`.
  [[nodiscard]] Result<StoredEntry> read(ListRow const& list, db::Row const& row);
  /// Errors: a BrokenWorld in the cases of `read`, naming the place.
  [[nodiscard]] StoredEntry require(ListRow const& list, db::Row const& row);

  [[nodiscard]] std::optional<Hash> leaf_at(ListRow const& list, std::uint64_t seq);
  /// One column: the seqs of the entries held ahead of the list's head, rising.
  [[nodiscard]] db::Statement ahead(ListRow const& list);
  /// Up to where all on the assignment and on the unit as a whole is known; nothing if nothing on it is held ahead.
  [[nodiscard]] std::optional<std::uint64_t> last_ahead(ListRow const& list, AssignmentId assignment);
  [[nodiscard]] std::optional<Hash> hash_at(ListRow const& list, std::uint64_t seq);
  /// The last published policy or calendar of the list, and the chain's hash there.
  [[nodiscard]] std::optional<std::pair<std::uint64_t, Hash>> last_rule(ListRow const& list);
  /// The `number` of the last entry of the list on the assignment; nothing if there is none.
  [[nodiscard]] std::optional<std::uint64_t> last_number(ListRow const& list, AssignmentId assignment);
  /// The salt keys inside the contact part of the list's first entry.
  [[nodiscard]] std::optional<wire::SaltKeys> opening_keys(ListRow const& list);
  /// Those of the first entry of the feed on the assignment that brings keys and still has them.
  [[nodiscard]] std::optional<BroughtKeys> keys_on(ListRow const& feed, AssignmentId assignment);

 private:
  db::Connection& connection_;
  SealedParts parts_;
};

/// The salt keys that the entry brings, if it does. Errors: a BrokenWorld that names the place.
[[nodiscard]] std::optional<wire::SaltKeys> require_keys(ListRow const& list, StoredEntry const& entry);

/// Errors: a BrokenWorld that names the place.
[[nodiscard]] rules::Skeleton require_skeleton(wire::ListName const& list, std::uint64_t seq, BytesView bytes);

/// "entry 7 of the feed 00000000000000ab of unit 5".
[[nodiscard]] std::string place_of(wire::ListName const& list, std::uint64_t seq);

}  // namespace fieldnode::lists

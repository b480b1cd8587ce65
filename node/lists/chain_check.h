#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "node/lists/entry_rows.h"
#include "node/lists/list_register.h"
#include "sync/base/result.h"

namespace fieldnode::lists {

/// Recomputes every leaf and hash of a unit's lists, one entry in memory at a time (and the salt keys of each
/// assignment).
class ChainCheck {
 public:
  explicit ChainCheck(EntryRows& rows) : rows_(rows) {}

  /// Feeds come first, in the order of registration: acts are salted with keys of dispatches.
  /// Errors: `chain_broken` names list, seq and what differs.
  [[nodiscard]] Result<void> walk(ListRow const& list);

 private:
  [[nodiscard]] Result<void> check_row(ListRow const& list, db::Row const& row);
  [[nodiscard]] Result<void> check_ahead(ListRow const& list, db::Row const& row);
  [[nodiscard]] Result<Hash> leaf_of(ListRow const& list, StoredEntry const& entry);
  [[nodiscard]] Result<void> check_entry(ListRow const& list, StoredEntry const& entry);
  void remember(StoredEntry const& entry, wire::SaltKeys const& keys);
  [[nodiscard]] std::optional<wire::SaltKeys> keys_for(AssignmentId assignment) const;

  EntryRows& rows_;
  std::unordered_map<AssignmentId, wire::SaltKeys> keys_;
  std::optional<wire::SaltKeys> opening_;
  std::uint64_t seq_{};
  Hash hash_{};
};

}  // namespace fieldnode::lists

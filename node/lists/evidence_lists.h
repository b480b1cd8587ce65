#pragma once

#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "node/db/connection.h"
#include "node/lists/contact_vault.h"
#include "node/lists/entry_rows.h"
#include "node/lists/list_register.h"
#include "sync/wire/evidence.h"

namespace fieldnode::lists {

/// Where a list ends that goes into a file of evidence. Entries behind it came later.
struct EvidenceEnd {
  engine::ListHead head;
  std::optional<std::uint64_t> run_end;
};

/// A unit's lists as a file of evidence tells them: what stands on some assignments, and on the unit as a whole, can be
/// read; of everything else only the leaf is there. Every call runs in the caller's transaction.
class EvidenceLists {
 public:
  EvidenceLists(db::Connection& connection, ContactVault& vault, UnitId unit)
      : connection_(connection), unit_(unit), register_(connection, unit), rows_(connection, vault, unit) {}

  /// What an export of the assignment says of itself: how many entries there are now.
  [[nodiscard]] rules::EvidenceExport count(AssignmentId assignment);
  /// All lists as they are now, feeds first, each kind in the order of registration.
  [[nodiscard]] std::vector<EvidenceEnd> ends();

  using SignHead = std::function<wire::SignedHead(engine::ListHead const&)>;
  /// Writes every list up to its end. `signs`: the file's maker. The entries of `shown` are handed to `seen`, acts and
  /// the centre's alike.
  void write(wire::EvidenceWriter& writer, std::vector<EvidenceEnd> const& ends, std::set<AssignmentId> const& shown,
             SignHead const& signs, std::function<void(wire::ListName const&, StoredEntry const&)> const& seen);

 private:
  [[nodiscard]] std::vector<rules::ListCount> counts_on(AssignmentId assignment);
  /// The list's entries to be read, in order.
  [[nodiscard]] std::vector<StoredEntry> readable(ListRow const& list, std::set<AssignmentId> const& shown);
  void write_entries(wire::EvidenceWriter& writer, ListRow const& list, std::vector<StoredEntry> const& readable);
  [[nodiscard]] wire::EncodedEntry shown_form(ListRow const& list, StoredEntry const& entry);
  [[nodiscard]] std::optional<wire::SaltKeys> keys_for(ListRow const& list, StoredEntry const& entry);

  db::Connection& connection_;
  UnitId unit_;
  ListRegister register_;
  EntryRows rows_;
};

}  // namespace fieldnode::lists

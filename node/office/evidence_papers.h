#pragma once

#include <map>
#include <vector>

#include "node/db/connection.h"
#include "node/lists/evidence_lists.h"
#include "sync/wire/evidence.h"

namespace fieldnode::office {

/// The receipts that a file of evidence brings: for each of its acts the one that first covered it and the one that it
/// names as its anchor; and the greatest, which reaches farthest. In the caller's transaction.
class EvidencePapers {
 public:
  /// `ends`: of the lists in the file. A receipt that has come since then speaks of what is not in it.
  EvidencePapers(db::Connection& connection, std::vector<lists::EvidenceEnd> const& ends)
      : connection_(connection), ends_(ends) {}

  void take(wire::ListName const& list, lists::StoredEntry const& entry);
  void write(wire::EvidenceWriter& writer, Epoch live_journal);

 private:
  void keep(std::optional<wire::Receipt> const& receipt);
  [[nodiscard]] bool is_told(wire::ListKind kind, Position at) const;

  db::Connection& connection_;
  std::vector<lists::EvidenceEnd> const& ends_;
  std::map<std::uint64_t, wire::Receipt> receipts_;  ///< by the name under which acts anchor, so none comes twice
};

}  // namespace fieldnode::office

#pragma once

#include <cstdint>
#include <optional>

#include "node/lists/entry_lists.h"
#include "node/office/clearance.h"
#include "node/office/identity.h"
#include "node/office/link_row.h"
#include "node/office/truth.h"
#include "sync/rules/entry.h"

namespace fieldnode::office {

/// The numbers that a page shows on every screen.
struct OfficeFigures {
  std::uint64_t undelivered{};                ///< acts of the whole journal, whoever asks
  std::optional<UtcTime> oldest_undelivered;  ///< by the node's estimate at the time
  std::optional<UtcTime> revoked_at;          ///< when the centre said that it serves this node no more
  std::uint64_t handed_over{};  ///< acts that the centre keeps aside since: neither delivered nor in force
  std::uint64_t awaiting{};
  std::uint64_t open{};
  std::uint64_t overdue{};    ///< certainly
  std::uint64_t due_today{};  ///< not yet overdue
  Progress progress;
  LinkRecord link;
  std::optional<std::uint64_t> disk_free_bytes;  ///< for the database to grow into
};

/// How far the centre's word reaches now.
[[nodiscard]] Progress progress_of(db::Connection& connection, lists::EntryLists& lists, Epoch journal_epoch);

/// From one view of the database, which the caller holds. `clearance`: of whoever is to read them; on the machine
/// itself everything may be read.
[[nodiscard]] OfficeFigures figures_of(db::Connection& connection, lists::EntryLists& lists, Epoch journal_epoch,
                                       rules::TimeEvidence const& now, Clearance clearance = Clearance::kConfidential);

}  // namespace fieldnode::office

#pragma once

#include <cstdint>
#include <optional>

#include "node/lists/entry_lists.h"
#include "node/office/identity.h"
#include "node/office/link_row.h"
#include "node/office/truth.h"
#include "sync/rules/entry.h"

namespace fieldnode::office {

/// The numbers that a page shows on every screen.
struct OfficeFigures {
  std::uint64_t undelivered{};
  std::optional<UtcTime> oldest_undelivered;  ///< by the node's estimate at the time
  std::uint64_t awaiting{};
  std::uint64_t open{};
  std::uint64_t overdue{};    ///< certainly
  std::uint64_t due_today{};  ///< not yet overdue
  Progress progress;
  LinkRecord link;
};

/// How far the centre's word reaches now.
[[nodiscard]] Progress progress_of(db::Connection& connection, lists::EntryLists& lists, Epoch journal_epoch);

/// From one view of the database, which the caller holds.
[[nodiscard]] OfficeFigures figures_of(db::Connection& connection, lists::EntryLists& lists,
                                       OfficeIdentity const& identity, rules::TimeEvidence const& now);

}  // namespace fieldnode::office

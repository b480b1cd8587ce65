#pragma once

#include "node/lists/entry_lists.h"
#include "node/office/identity.h"
#include "node/office/stamp.h"
#include "sync/engine/journal.h"

namespace fieldnode::office {

/// What a new journal needs of chance.
struct JournalSeed {
  Epoch epoch{};
  wire::SaltKeys keys{};
};
[[nodiscard]] JournalSeed draw_journal(Random& random);

/// Opens a journal behind the live one, of which its opening names the end, and makes it live. In the caller's
/// transaction. Errors: those of EntryLists::append.
[[nodiscard]] Result<void> go_on_in_new_journal(db::Connection& connection, lists::EntryLists& lists,
                                                OfficeIdentity const& identity, JournalSeed const& seed,
                                                rules::TimeEvidence const& time);

/// The first entry of a journal.
[[nodiscard]] lists::NewEntry journal_opening(rules::Opening const& opening, wire::SaltKeys const& keys,
                                              rules::TimeEvidence const& time);

}  // namespace fieldnode::office

#pragma once

#include <string_view>

#include "node/central/import/import_row.h"
#include "node/central/store/records.h"
#include "sync/crypto/seal.h"

/// What the centre keeps of a case that another system exported. Nothing here reads a database or a clock.
namespace fieldnode::central {

/// Makes the hashes by which an import sees that contact data has changed. Without the key they tell nothing.
using ContactHashKey = Hash;

[[nodiscard]] ContactHashKey contact_hash_key(crypto::SealKey const& master_key);

/// The source's word with both hashes. Facts are what a unit may read of it: the mapped facts, the source's ids and
/// times, and the row's flags, as texts.
[[nodiscard]] CaseSource source_of(std::string_view system, ImportedCase const& imported, ContactHashKey const& key);

/// A case that is new to the centre. Its clocks begin at its dispatch, never at the source's times.
[[nodiscard]] CaseRecord record_of(ImportedCase const& imported, CaseSource source, CaseId id, UtcTime now);

/// `known` after the source has changed its word. Number, state and what the centre itself decided stay.
[[nodiscard]] CaseRecord changed_record(CaseRecord const& known, ImportedCase const& imported, CaseSource source);

[[nodiscard]] CaseContact contact_of(ImportedContact const& contact);

/// The texts in which `now` differs from `before`; one that is gone is told as an empty text.
[[nodiscard]] wire::Body changed_words(CaseRecord const& before, CaseRecord const& now);
/// The same for the citizen's data: all of it when anything differs, nothing else.
[[nodiscard]] CaseContact changed_contact(CaseContact const& before, CaseContact const& now);

/// Errors: `entry_too_large` when no unit could be told so much.
[[nodiscard]] Result<void> require_room(CaseRecord const& record, CaseContact const& contact);

}  // namespace fieldnode::central

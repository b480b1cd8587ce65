#pragma once

#include <vector>

#include "node/lists/entry_lists.h"
#include "sync/rules/rule_edition.h"

namespace fieldnode::lists {

/// A published version as the feed brings it. `edition` is a refusal where this program cannot read the text (a field
/// of a newer law must not be half obeyed, a notice of a year beyond its tables): such a version changes nothing here.
struct RuleEntry {
  StoredEntry stored;
  Result<rules::RuleEdition> edition;
};

/// All of the unit's, in the order of its feed.
[[nodiscard]] std::vector<RuleEntry> rule_entries(EntryLists& lists);

/// The name by which the entry itself calls the version.
[[nodiscard]] std::string version_of(rules::Skeleton const& skeleton);

/// The text as it was signed; empty when it was erased.
[[nodiscard]] std::string document_of(StoredEntry const& stored);

}  // namespace fieldnode::lists

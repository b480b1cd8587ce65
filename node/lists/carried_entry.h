#pragma once

#include <optional>

#include "node/lists/stored_entry.h"

namespace fieldnode::lists {

/// The act that a feed entry carries, as if it stood in a journal: its own place and skeleton, with the words and files
/// of the entry. Nothing where it carries none. Shape: leaf and hash are not known and not read.
[[nodiscard]] std::optional<StoredEntry> carried_entry(StoredEntry const& entry);

}  // namespace fieldnode::lists

#pragma once

#include "node/lists/stored_entry.h"

namespace fieldnode::lists {

/// A part that can be read; empty when nothing was said or it was erased.
/// Errors: a BrokenWorld when what is stored does not decode.
[[nodiscard]] wire::Body body_of(StoredEntry const& stored);
[[nodiscard]] wire::ContactData contact_of(StoredEntry const& stored);

}  // namespace fieldnode::lists

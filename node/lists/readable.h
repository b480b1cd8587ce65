#pragma once

#include "node/lists/stored_entry.h"

namespace fieldnode::lists {

/// A part that can be read; empty when nothing was said, when it was erased, and when it does not decode: the other end
/// may be newer or wrong, and one such entry must not stop the page. That it is what came is for `verify` to say, by
/// its leaf.
[[nodiscard]] wire::Body body_of(StoredEntry const& stored);
[[nodiscard]] wire::ContactData contact_of(StoredEntry const& stored);

}  // namespace fieldnode::lists

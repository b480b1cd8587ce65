#pragma once

#include "sync/wire/archive.h"
#include "sync/wire/entry.h"

namespace fieldnode::wire {

/// An entry inside something longer: a message, a stored row. Private to this room.
void put_entry(PackedOutput& output, EncodedEntry const& entry);
[[nodiscard]] EncodedEntry get_entry(PackedInput& input);

}  // namespace fieldnode::wire

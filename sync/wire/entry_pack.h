#pragma once

#include "sync/wire/archive.h"
#include "sync/wire/entry.h"

namespace fieldnode::wire {

/// An entry inside something longer: a message, a stored row. Private to this room.
void put_entry(PackedOutput& output, EncodedEntry const& entry);
[[nodiscard]] EncodedEntry get_entry(PackedInput& input);

/// The same in two halves, so that a message can bring all skeletons first and all texts after them: bytes of one sort
/// side by side compress better. `get_parts` goes on with what `get_front` made of the forms.
void put_front(PackedOutput& output, EncodedEntry const& entry);
void put_parts(PackedOutput& output, EncodedEntry const& entry);
[[nodiscard]] EncodedEntry get_front(PackedInput& input);
void get_parts(PackedInput& input, EncodedEntry& entry);

}  // namespace fieldnode::wire

#pragma once

#include "sync/rules/entry.h"

namespace fieldnode::wire {

/// The payload that a kind carries, all fields at their defaults: the one table that joins EntryKind and Payload.
/// UnknownPayload for a kind that this program does not know.
[[nodiscard]] rules::Payload blank_payload(rules::EntryKind kind);

}  // namespace fieldnode::wire

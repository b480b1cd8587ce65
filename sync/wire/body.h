#pragma once

#include "sync/wire/entry.h"

namespace fieldnode::wire {

/// The bytes of a part that says something.
[[nodiscard]] Bytes body_bytes(Body const& body);
[[nodiscard]] Bytes contact_bytes(ContactData const& contact);

}  // namespace fieldnode::wire

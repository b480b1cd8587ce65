#pragma once

#include <array>

#include "sync/base/bytes.h"

namespace fieldnode::crypto {

using SlowSalt = std::array<std::uint8_t, 16>;

/// A hash that is dear to compute: argon2id 1.3 with 8 passes over 128 MiB, one lane; about a second of one core, and
/// memory that a small machine still has. The numbers are part of what both ends agree on: they never change under one
/// name. Errors: throws BrokenWorld when the machine has not the memory.
/// Thread: any; whoever may be asked by many at once lets one in after the other, for the memory's sake.
[[nodiscard]] Hash slow_hash(BytesView what, SlowSalt const& salt);

}  // namespace fieldnode::crypto

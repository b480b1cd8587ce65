#pragma once

#include <array>
#include <cstdint>

namespace fieldnode::wire {

using Signature = std::array<std::uint8_t, 64>;

/// 1: SHA-256 and Ed25519. 2: SHA-256 and a keyed hash, for the simulator only; programs refuse it.
enum class SuiteId : std::uint8_t { kEd25519 = 1, kSimulated = 2 };

}  // namespace fieldnode::wire

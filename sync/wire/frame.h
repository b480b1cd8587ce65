#pragma once

#include <array>
#include <cstdint>

#include "sync/base/bytes.h"
#include "sync/base/result.h"

/// The outside of a message: magic, protocol, method, then the packed fields, compressed when that makes them shorter.
/// Private to this room. Source: PROTOCOL, "The exchange".
namespace fieldnode::wire {

using Magic = std::array<std::uint8_t, 4>;

struct Frame {
  std::uint32_t protocol{};
  Bytes fields;
};

/// Limits of a compressed message. Units: bytes. Windows above kWindowLogMax would let a peer take our memory; the
/// ratio would let a few bytes take our time. Fields that compress better than the ratio travel uncompressed.
inline constexpr int kWindowLogMax = 20;
inline constexpr std::size_t kRatioMax = 256;
inline constexpr std::size_t kRatioFloorBytes = 64 * 1024;

/// Units: `level` is zstd's, 1 to 19. Shape: at most kMessageMaxBytes of fields.
[[nodiscard]] Bytes pack_frame(Magic const& magic, std::uint32_t protocol, BytesView fields, int level);

/// Errors: `malformed_message`, `newer_protocol`, `message_too_large`.
[[nodiscard]] Result<Frame> unpack_frame(Magic const& magic, BytesView bytes);

}  // namespace fieldnode::wire

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

/// How the fields follow. A message in sections is read by SectionReader alone.
enum class Method : std::uint8_t { kPlain = 0, kZstd = 1, kSections = 2, kPlainSections = 3 };

/// Units: `level` is zstd's, 1 to 19. Shape: at most kMessageMaxBytes of fields.
[[nodiscard]] Bytes pack_frame(Magic const& magic, std::uint32_t protocol, BytesView fields, int level);

/// Errors: `malformed_message`, `newer_protocol`, `message_too_large`.
[[nodiscard]] Result<Frame> unpack_frame(Magic const& magic, BytesView bytes);

}  // namespace fieldnode::wire

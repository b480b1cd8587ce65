#pragma once

#include <array>
#include <cstdint>

#include "sync/base/bytes.h"
#include "sync/base/random.h"
#include "sync/base/result.h"

/// Sealing at rest: XChaCha20-Poly1305, the nonce random and written in front. A nonce of 192 bits may be drawn at
/// random for ever, so a cloned machine repeats none. Source: design 7.
namespace fieldnode::crypto {

using SealKey = std::array<std::uint8_t, 32>;

/// What sealing adds: nonce 24, tag 16.
inline constexpr std::size_t kSealOverheadBytes = 40;

[[nodiscard]] SealKey make_seal_key(Random& random);

/// nonce || ciphertext || tag. `context` is bound, not stored: say which row and field this is, so that a sealed
/// value moved to another row does not open.
[[nodiscard]] Bytes seal(SealKey const& key, BytesView plain, BytesView context, Random& random);

/// Errors: `cannot_open` when the key or the context is another, or a bit has changed.
[[nodiscard]] Result<Bytes> open(SealKey const& key, BytesView sealed, BytesView context);

/// A data key sealed under a wrapping key. Destroying every wrapped copy destroys the data.
[[nodiscard]] Bytes wrap_key(SealKey const& wrapping, SealKey const& key, BytesView context, Random& random);
/// Errors: `cannot_open`.
[[nodiscard]] Result<SealKey> unwrap_key(SealKey const& wrapping, BytesView wrapped, BytesView context);

}  // namespace fieldnode::crypto

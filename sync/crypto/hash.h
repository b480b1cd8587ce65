#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "sync/base/bytes.h"

namespace fieldnode::crypto {

using Parts = std::initializer_list<BytesView>;

/// SHA-256 over bytes that come in pieces (a file, an attachment in chunks). A copy goes on from the same point.
class Sha256 {
 public:
  Sha256();
  Sha256& add(BytesView bytes);
  /// The hash of all that was added; the object is spent afterwards.
  [[nodiscard]] Hash finish();

 private:
  alignas(8) std::array<std::byte, 104> state_;  // the library's own state; its header stays behind the door
};

/// SHA-256 of the parts one after another.
[[nodiscard]] Hash sha256(BytesView bytes);
[[nodiscard]] Hash sha256(Parts parts);

/// SHA-256 of: length of `domain` as one byte, `domain`, the parts. A hash made for one purpose never fits another.
/// Shape: the parts' own lengths are not hashed; all but one must be of fixed size. `domain` is at most 255 bytes.
[[nodiscard]] Hash hash_under(std::string_view domain, Parts parts);

/// HMAC-SHA256 (RFC 2104) of the parts one after another; `key` of any length.
[[nodiscard]] Hash hmac_sha256(BytesView key, Parts parts);

/// HMAC-SHA256 over the same framing as `hash_under`: derives a key or a salt for one purpose from another key.
[[nodiscard]] Hash derive_under(std::string_view domain, BytesView key, Parts parts);

/// True when both are equal; takes as long whether they differ early or late.
/// Shape: lengths are no secret, different ones are unequal at once.
[[nodiscard]] bool equal_in_constant_time(BytesView a, BytesView b);

/// Overwrites a key that is no longer needed, in a way that the compiler does not drop.
void wipe(std::span<std::uint8_t> secret);

}  // namespace fieldnode::crypto

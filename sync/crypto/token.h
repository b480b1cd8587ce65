#pragma once

#include <string>
#include <string_view>

#include "sync/base/bytes.h"
#include "sync/base/random.h"
#include "sync/base/result.h"

namespace fieldnode::crypto {

/// 256 random bits: a session, a form. `random_token` is 64 hexadecimal digits, `random_token_base32` 52 characters.
[[nodiscard]] std::string random_token(Random& random);
[[nodiscard]] std::string random_token_base32(Random& random);

/// Crockford's base 32: digits and capitals without I, L, O, U; the last character is padded with zero bits.
[[nodiscard]] std::string to_base32(BytesView bytes);

/// Bytes of a code that people read out and type.
inline constexpr std::size_t kCodeMaxBytes = 18;

/// `payload` in groups of four characters, `7K3M-9QXT-...`, the last two of all being check characters: any two wrong
/// characters, and any two swapped, are found. Shape: 1 to kCodeMaxBytes bytes; 16 give 28 characters.
[[nodiscard]] std::string to_code(BytesView payload);

/// A fresh secret as a code. Units: `bytes` of chance, 1 to kCodeMaxBytes.
[[nodiscard]] std::string random_code(Random& random, std::size_t bytes);

/// The payload of a code as somebody typed it: case, spaces and hyphens do not matter; O is 0, I and L are 1.
/// Errors: `bad_code` says whether a character is foreign, the length is wrong or a check character does not fit.
[[nodiscard]] Result<Bytes> read_code(std::string_view typed);

}  // namespace fieldnode::crypto

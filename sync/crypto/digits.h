#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "sync/base/result.h"

/// What people read out over a telephone and type: decimal digits, the last two of all being check digits.
/// ISO 7064 MOD 97-10: one wrong digit, and any two digits swapped wherever they stand, are always found, for 97 is
/// prime and 10 a primitive root of it; of all other mistakes 96 in 97.
namespace fieldnode::crypto {

/// So that swapped digits are always found, 10^distance must not come round to 1 again.
inline constexpr std::size_t kDigitsMost = 64;

/// `digits` and its two check digits. `context` is counted in front of them and not read out: digits that were meant
/// for another context are found like any other mistake.
/// Shape: both are decimal digits, together at most kDigitsMost.
[[nodiscard]] std::string with_check_digits(std::string_view digits, std::string_view context);

/// The digits without their check digits, as somebody typed them: spaces and hyphens do not matter, nor does it that an
/// input method wrote them wide.
/// Errors: `bad_digits` says whether a character is no digit, there are too few or too many, or the check digits do not
/// fit.
[[nodiscard]] Result<std::string> read_check_digits(std::string_view typed, std::string_view context);

/// `digits` with a blank between groups of these sizes; what is left over is the last group.
[[nodiscard]] std::string in_groups(std::string_view digits, std::initializer_list<std::size_t> sizes);

/// `number` with zeros in front. Shape: it has at most `width` digits.
[[nodiscard]] std::string padded(std::uint64_t number, std::size_t width);

/// Shape: 1 to 19 decimal digits.
[[nodiscard]] std::uint64_t number_of(std::string_view digits);

}  // namespace fieldnode::crypto

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sync/base/result.h"
#include "sync/rules/words.h"

namespace fieldnode::rules {

/// The length of a limit. Units: `unit` says what `count` counts.
struct Limit {
  std::uint32_t count{};
  LimitUnit unit{};

  friend bool operator==(Limit const&, Limit const&) = default;
};

/// Reads `2h` elapsed hours, `2wh` working hours, `5wd` working days, `7cd` calendar days.
/// Errors: `bad_limit` for a missing or unknown unit, a sign, a fraction, nothing to count, or a number above 2^32 - 1.
[[nodiscard]] Result<Limit> parse_limit(std::string_view text);

/// `5wd`
[[nodiscard]] std::string format_limit(Limit limit);

}  // namespace fieldnode::rules

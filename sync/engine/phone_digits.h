#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sync/base/ids.h"
#include "sync/base/result.h"
#include "sync/base/time.h"

/// The three things that are read out during a phone receipt, as digits in groups with check digits. The check digits
/// also cover who is on the telephone and which of the three it is, so that a code typed for another unit, or into
/// another field, is found. Errors of each reader: `bad_digits`. Source: PROTOCOL, "Phone receipt".
namespace fieldnode::engine {

/// "42719 03815": 8 digits and 2 check digits.
[[nodiscard]] std::string challenge_digits(NodeId node, std::uint64_t challenge);
[[nodiscard]] Result<std::uint64_t> read_challenge(NodeId node, std::string_view typed);

/// A journal's end as it is said.
struct SpokenCode {
  std::uint64_t upto{};
  std::uint64_t code{};
  friend bool operator==(SpokenCode const&, SpokenCode const&) = default;
};

/// "48392 01746 50281 417 93": 15 digits of the code, the number of the last act, 2 check digits.
[[nodiscard]] std::string code_digits(NodeId node, SpokenCode const& code);
[[nodiscard]] Result<SpokenCode> read_code(NodeId node, std::string_view typed);

/// The centre's answer as it is said. `minute`: a whole one.
struct SpokenAnswer {
  UtcTime minute{};
  std::uint64_t mac{};
  friend bool operator==(SpokenAnswer const&, SpokenAnswer const&) = default;
};

/// "261126 1437 1234 5678 96": day and minute in +08:00, 8 digits, 2 check digits. Day and minute can be looked at by
/// whoever has a watch.
[[nodiscard]] std::string answer_digits(NodeId node, SpokenAnswer const& answer);
/// Errors: also for a day or a minute that no calendar has.
[[nodiscard]] Result<SpokenAnswer> read_answer(NodeId node, std::string_view typed);

}  // namespace fieldnode::engine

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sync/base/random.h"
#include "sync/base/result.h"

namespace fieldnode::crypto {

/// What one guess costs. The default is libsodium's interactive setting: about 0.1 s and 64 MiB, given back at once.
struct PasswordCost {
  std::uint64_t passes{2};
  std::size_t memory_bytes{64 * 1024 * 1024};
};

inline constexpr std::size_t kPasswordMaxBytes = 1024;

/// argon2id with a fresh salt, as the usual `$argon2id$v=19$m=..,t=..,p=1$salt$hash` text: cost and salt stand in it.
/// Errors: `password_too_long`; throws BrokenWorld when the machine has not the memory for it.
[[nodiscard]] Result<std::string> hash_password(std::string_view password, Random& random, PasswordCost cost = {});

/// True when `password` is the one that `stored` was made from; false for a malformed `stored` as well.
[[nodiscard]] bool verify_password(std::string_view password, std::string const& stored);

/// True when `stored` was made at another cost: hash again at the next successful sign-in.
[[nodiscard]] bool has_other_cost(std::string const& stored, PasswordCost cost = {});

}  // namespace fieldnode::crypto

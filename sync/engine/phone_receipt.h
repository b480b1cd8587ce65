#pragma once

#include <cstdint>

#include "sync/base/random.h"
#include "sync/base/result.h"
#include "sync/crypto/suite.h"
#include "sync/engine/journal.h"

/// What the two ends compute when a moment is proven by telephone. The centre gives a challenge, the office answers
/// with a code of its journal's end, the centre notes the moment and answers with a MAC that only it can make.
/// Source: PROTOCOL, "Phone receipt", with what each number is worth.
namespace fieldnode::engine {

inline constexpr std::size_t kPhoneChallengeDigits = 8;
inline constexpr std::size_t kPhoneCodeDigits = 15;
inline constexpr std::size_t kPhoneAnswerDigits = 8;
/// Longer than a patient call takes, too short to prepare anything in.
inline constexpr Milliseconds kPhoneChallengeLife = std::chrono::minutes(10);
/// Wrong answers after which only a new challenge helps.
inline constexpr std::uint32_t kPhoneTriesMost = 3;

using PhoneKey = Hash;

/// The secret of a node and its city: made at either end from its own keys and the other's public key.
/// Errors: `bad_public_key`.
[[nodiscard]] Result<PhoneKey> phone_key(crypto::KeyPair const& own, crypto::PublicKey const& other, NodeId node);

/// Never 0: the number also names the moment as an anchor, and anchor 0 is none.
[[nodiscard]] std::uint64_t draw_phone_challenge(Random& random);

/// The code of a journal's end under one challenge. Takes about a second of a core and 128 MiB. Units: below 10^15.
[[nodiscard]] std::uint64_t phone_code(ListHead const& journal, std::uint64_t challenge);

/// What an office has said: its journal up to `upto` gives `code` under `challenge`.
struct PhoneClaim {
  wire::ListName journal{};
  std::uint64_t upto{};
  std::uint64_t challenge{};
  std::uint64_t code{};
};

/// The centre's word that it noted the claim in the minute that begins at `minute`. Units: below 10^8.
[[nodiscard]] std::uint64_t phone_answer(PhoneKey const& key, PhoneClaim const& claim, UtcTime minute);

/// The whole minute that `t` lies in: what is told of a moment.
[[nodiscard]] inline UtcTime minute_of(UtcTime t) { return std::chrono::floor<std::chrono::minutes>(t); }

}  // namespace fieldnode::engine

#include "sync/engine/phone_receipt.h"

#include <algorithm>

#include "sync/base/check.h"
#include "sync/crypto/agree.h"
#include "sync/crypto/hash.h"
#include "sync/crypto/slow_hash.h"
#include "sync/wire/fixed_bytes.h"

namespace fieldnode::engine {
namespace {

constexpr std::uint64_t power_of_ten(std::size_t digits) { return digits == 0 ? 1 : 10 * power_of_ten(digits - 1); }

wire::FixedBytes journal_bytes(wire::ListName const& journal, std::uint64_t upto, std::uint64_t challenge) {
  wire::FixedBytes bytes;
  bytes.number(journal.unit.value).number(journal.node.value).number(journal.epoch.value);
  bytes.number(upto).number(challenge);
  return bytes;
}

/// The first 64 bits, as so many decimal digits: 2^64 is 18,446 times 10^15, so no digits are likelier by more than
/// one part in 18,446.
std::uint64_t digits_of(Hash const& hash, std::size_t digits) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8U | hash[i];
  return number % power_of_ten(digits);
}

}  // namespace

Result<PhoneKey> phone_key(crypto::KeyPair const& own, crypto::PublicKey const& other, NodeId node) {
  auto const agreed = crypto::agreed_key("fieldnode/phone-agreement/1", own, other);
  if (!agreed) return agreed.error();
  wire::FixedBytes name;
  name.number(node.value);
  return crypto::derive_under("fieldnode/phone-key/1", *agreed, {name.take()});
}

std::uint64_t draw_phone_challenge(Random& random) { return 1 + random.below(power_of_ten(kPhoneChallengeDigits) - 1); }

std::uint64_t phone_code(ListHead const& journal, std::uint64_t challenge) {
  auto const salt_bytes = journal_bytes(journal.list, journal.seq, challenge).take();
  auto const salt_hash = crypto::hash_under("fieldnode/phone-salt/1", {salt_bytes});
  crypto::SlowSalt salt{};
  std::copy_n(salt_hash.begin(), salt.size(), salt.begin());
  return digits_of(crypto::slow_hash(journal.hash, salt), kPhoneCodeDigits);
}

std::uint64_t phone_answer(PhoneKey const& key, PhoneClaim const& claim, UtcTime minute) {
  auto bytes = journal_bytes(claim.journal, claim.upto, claim.challenge);
  bytes.number(claim.code).number(static_cast<std::uint64_t>(ms_of(minute)));
  auto const mac = crypto::derive_under("fieldnode/phone-answer/1", key, {bytes.take()});
  return digits_of(mac, kPhoneAnswerDigits);
}

}  // namespace fieldnode::engine

#include "sync/crypto/agree.h"

#include <gtest/gtest.h>

#include "sync/crypto/slow_hash.h"

namespace fieldnode::crypto {
namespace {

constexpr std::string_view kDomain = "test/agreement";

KeyPair keys_from(std::uint64_t seed) {
  SeededRandom random(seed);
  return ed25519_suite()->make_keys(random);
}

TEST(AgreedKey, IsTheSameAtBothEnds) {
  auto const node = keys_from(1);
  auto const city = keys_from(2);
  EXPECT_EQ(agreed_key(kDomain, node, city.public_key).value(), agreed_key(kDomain, city, node.public_key).value());
}

TEST(AgreedKey, IsAnotherForEachPairAndEachPurpose) {
  auto const node = keys_from(1);
  auto const city = keys_from(2);
  auto const key = agreed_key(kDomain, node, city.public_key).value();
  EXPECT_NE(key, agreed_key(kDomain, keys_from(3), city.public_key).value());
  EXPECT_NE(key, agreed_key("test/other", node, city.public_key).value());
}

TEST(AgreedKey, IsRefusedForAKeyThatGivesNoSecret) {
  PublicKey neutral{};
  neutral[0] = 1;
  EXPECT_EQ(agreed_key(kDomain, keys_from(1), neutral).error().code, "bad_public_key");
  PublicKey no_point;
  no_point.fill(0xff);
  EXPECT_EQ(agreed_key(kDomain, keys_from(1), no_point).error().code, "bad_public_key");
}

/// The parameters are part of the protocol: whoever changes them makes every code that was noted before worthless.
TEST(SlowHash, IsArgon2idWithThePublishedParameters) {
  SlowSalt salt{};
  salt.fill(7);
  EXPECT_EQ(to_hex(slow_hash(bytes_of("head"), salt)),
            "c2beff0f28ce485aeb13252a7a7de4b368d40fdeeda2a5dd2789e5a2f8d3ba3b");
}

}  // namespace
}  // namespace fieldnode::crypto

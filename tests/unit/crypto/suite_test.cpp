#include "sync/crypto/suite.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace fieldnode::crypto {
namespace {

template <class Array>
Array array_from_hex(std::string_view hex) {
  auto const bytes = from_hex(hex).value();
  Array array{};
  EXPECT_EQ(bytes.size(), array.size());
  std::copy(bytes.begin(), bytes.end(), array.begin());
  return array;
}

struct Rfc8032 {
  char const* seed;
  char const* public_key;
  char const* message;
  char const* signature;
};

// RFC 8032, 7.1, tests 1 to 3.
constexpr Rfc8032 kRfc8032[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
     "d25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
     "387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
     "4a7c15e9716ed28dc027beceea1ec40a"},
};

/// Hands out one given seed, so that a published key can be made.
class GivenRandom final : public Random {
 public:
  explicit GivenRandom(Bytes given) : given_(std::move(given)) {}
  void fill(std::span<std::uint8_t> out) override {
    ASSERT_EQ(out.size(), given_.size());
    std::copy(given_.begin(), given_.end(), out.begin());
  }

 private:
  Bytes given_;
};

TEST(Suite, KnownAnswersOfEd25519) {
  auto const suite = ed25519_suite();
  EXPECT_EQ(suite->id(), 1);
  for (auto const& row : kRfc8032) {
    GivenRandom random(from_hex(row.seed).value());
    auto const keys = suite->make_keys(random);
    EXPECT_EQ(to_hex(keys.public_key), row.public_key);
    auto const message = from_hex(row.message).value();
    EXPECT_EQ(to_hex(suite->sign(message, keys.secret_key)), row.signature);
    EXPECT_TRUE(suite->verify(message, array_from_hex<SignatureBytes>(row.signature), keys.public_key));
  }
}

void expect_binds_message_and_key(SignatureSuite const& suite) {
  SeededRandom random(3);
  auto const keys = suite.make_keys(random);
  auto const others = suite.make_keys(random);
  Bytes message(40);
  random.fill(message);
  auto const signature = suite.sign(message, keys.secret_key);
  EXPECT_TRUE(suite.verify(message, signature, keys.public_key));
  EXPECT_FALSE(suite.verify(message, signature, others.public_key));
  for (std::size_t i = 0; i < message.size(); ++i) {
    auto changed = message;
    changed[i] ^= 1;
    EXPECT_FALSE(suite.verify(changed, signature, keys.public_key)) << "byte " << i;
  }
  for (std::size_t i = 0; i < signature.size(); ++i) {
    auto changed = signature;
    changed[i] ^= 1;
    EXPECT_FALSE(suite.verify(message, changed, keys.public_key)) << "byte " << i;
  }
}

TEST(Suite, Ed25519BindsMessageAndKey) { expect_binds_message_and_key(*ed25519_suite()); }
TEST(Suite, TheSimulatedSuiteBindsMessageAndKey) { expect_binds_message_and_key(*simulated_suite()); }
TEST(Suite, TheSimulatedSuiteSaysSo) { EXPECT_EQ(simulated_suite()->id(), 2); }

}  // namespace
}  // namespace fieldnode::crypto

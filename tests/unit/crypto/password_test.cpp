#include "sync/crypto/password.h"

#include <gtest/gtest.h>

namespace fieldnode::crypto {
namespace {

constexpr PasswordCost kCheap{.passes = 1, .memory_bytes = 64 * 1024};

TEST(Password, TheRightOneVerifiesAndNoOther) {
  SeededRandom random(1);
  auto const stored = hash_password("正确的马", random, kCheap).value();
  EXPECT_TRUE(verify_password("正确的马", stored));
  EXPECT_FALSE(verify_password("正确的驴", stored));
  EXPECT_FALSE(verify_password("", stored));
}

TEST(Password, TwoHashesOfOnePasswordDiffer) {
  SeededRandom random(1);
  EXPECT_NE(hash_password("x", random, kCheap).value(), hash_password("x", random, kCheap).value());
}

TEST(Password, TheStoredTextNamesItsCost) {
  SeededRandom random(1);
  auto const stored = hash_password("x", random, kCheap).value();
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$")) << stored;
  EXPECT_FALSE(has_other_cost(stored, kCheap));
  EXPECT_TRUE(has_other_cost(stored, {.passes = 2, .memory_bytes = 64 * 1024}));
}

TEST(Password, TheDefaultCostIsTheInteractiveOne) {
  SeededRandom random(1);
  auto const stored = hash_password("x", random).value();
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << stored;
  EXPECT_TRUE(verify_password("x", stored));
}

TEST(Password, AMalformedStoredTextVerifiesNothing) {
  EXPECT_FALSE(verify_password("x", ""));
  EXPECT_FALSE(verify_password("x", "$argon2id$v=19$m=64,t=1,p=1$"));
  EXPECT_FALSE(verify_password("x", std::string(500, 'a')));
}

TEST(Password, AnEndlessPasswordIsRefusedBeforeItCostsAnything) {
  SeededRandom random(1);
  std::string const endless(kPasswordMaxBytes + 1, 'x');
  EXPECT_EQ(hash_password(endless, random, kCheap).error().code, "password_too_long");
  EXPECT_FALSE(verify_password(endless, hash_password("x", random, kCheap).value()));
}

}  // namespace
}  // namespace fieldnode::crypto

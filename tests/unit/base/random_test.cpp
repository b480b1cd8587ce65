#include "sync/base/random.h"

#include <gtest/gtest.h>

#include <array>

namespace fieldnode {
namespace {

TEST(Random, SameSeedSameNumbers) {
  SeededRandom a(7), b(7), c(8);
  auto const first = a.bits64();
  EXPECT_EQ(first, b.bits64());
  EXPECT_NE(first, c.bits64());
}

TEST(Random, BelowStaysBelowAndReachesEveryValue) {
  SeededRandom random(1);
  std::array<int, 5> seen{};
  for (int i = 0; i < 1000; ++i) ++seen.at(random.below(5));
  for (int const count : seen) EXPECT_GT(count, 100);
}

TEST(Random, SystemRandomFillsEveryByte) {
  SystemRandom random;
  EXPECT_NE(random.bits64(), random.bits64());
}

}  // namespace
}  // namespace fieldnode

#include "node/net/progress_watch.h"

#include <gtest/gtest.h>

namespace fieldnode::net {
namespace {

constexpr Instant kStart{};
constexpr Instant at(int seconds) { return kStart + std::chrono::seconds(seconds); }

TEST(ProgressWatch, RestsUntilTold) {
  ProgressWatch watch;
  EXPECT_FALSE(watch.is_overdue(0, Instant::max()));
}

TEST(ProgressWatch, APlainLimitEndsWhateverMoves) {
  ProgressWatch watch;
  watch.allow(Milliseconds(10'000), kStart);
  EXPECT_FALSE(watch.is_overdue(5, at(9)));
  EXPECT_TRUE(watch.is_overdue(1'000'000, at(10)));
  watch.rest();
  EXPECT_FALSE(watch.is_overdue(0, at(100)));
}

TEST(ProgressWatch, ALinkThatMovesLivesForEver) {
  ProgressWatch watch;
  watch.demand(1, Milliseconds(10'000), 0, kStart);
  for (int i = 1; i < 1'000; ++i) ASSERT_FALSE(watch.is_overdue(static_cast<std::uint64_t>(i), at(i * 9)));
  EXPECT_TRUE(watch.is_overdue(999, at(999 * 9 + 10)));
}

TEST(ProgressWatch, TooFewBytesInAWindowAreNoProgress) {
  ProgressWatch watch;
  watch.demand(256, Milliseconds(10'000), 1'000, kStart);
  EXPECT_FALSE(watch.is_overdue(1'255, at(9)));
  EXPECT_TRUE(watch.is_overdue(1'255, at(10)));
  watch.demand(256, Milliseconds(10'000), 1'000, kStart);
  EXPECT_FALSE(watch.is_overdue(1'256, at(9)));
  EXPECT_FALSE(watch.is_overdue(1'256, at(18)));
  EXPECT_TRUE(watch.is_overdue(1'256, at(19)));
}

}  // namespace
}  // namespace fieldnode::net

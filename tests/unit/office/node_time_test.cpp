#include "node/office/node_time.h"

#include <gtest/gtest.h>

#include "tests/support/test_clock.h"

namespace fieldnode::office {
namespace {

constexpr std::int64_t kStartMs = 1'772'413'200'000;

TEST(NodeTime, TrueTimeIsNotBeforeTheNewestNoticeOnBoard) {
  EXPECT_EQ(build_date(), utc_from_ms(1'762'185'600'000)) << "2025-11-04 00:00 in China";
}

TEST(NodeTime, WhatAnExchangeLearntIsTakenOver) {
  test::TestClock clock(utc_from_ms(kStartMs));
  NodeTime time(clock, {}, {});
  EXPECT_EQ(time.now().clock_class, rules::ClockClass::kCarried);
  auto copy = time.copy();
  wire::Receipt receipt;
  receipt.received_at = receipt.sent_at = clock.truth();
  copy.observe(receipt, clock.since_boot(), clock.since_boot());
  EXPECT_EQ(time.now().clock_class, rules::ClockClass::kCarried) << "the copy learns alone";
  time.take_over(copy.state());
  EXPECT_EQ(time.now().clock_class, rules::ClockClass::kAnchored);
}

TEST(NodeTime, TheFloorNeverGoesBackByTakingOver) {
  test::TestClock clock(utc_from_ms(kStartMs));
  engine::TimeState kept{utc_from_ms(kStartMs), {clock.boot_id(), clock.since_boot()}, std::nullopt};
  NodeTime time(clock, {}, kept);
  auto const early = time.copy();
  clock.advance(std::chrono::hours(1));
  auto const floor = time.now().interval.earliest;
  time.take_over(early.state());
  EXPECT_GE(time.now().interval.earliest, floor);
  EXPECT_GE(time.stamp().state.floor, floor);
}

}  // namespace
}  // namespace fieldnode::office

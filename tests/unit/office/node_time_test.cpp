#include "node/office/node_time.h"

#include <gtest/gtest.h>

#include "tests/support/test_clock.h"

namespace fieldnode::office {
namespace {

constexpr std::int64_t kStartMs = 1'772'413'200'000;

TEST(NodeTime, TrueTimeIsNotBeforeTheNewestNoticeOnBoard) {
  EXPECT_EQ(build_date(), utc_from_ms(1'762'185'600'000)) << "2025-11-04 00:00 in China";
}

/// What one exchange of no length teaches at the clock's true time.
engine::SettledExchange reply_at(UtcTime sent, Clock const& clock) {
  engine::SettledExchange settled;
  settled.receipt.received_at = settled.receipt.sent_at = sent;
  settled.round_trip.emplace(engine::read_clocks(clock), clock.since_boot());
  return settled;
}

engine::FeedArrival correction_of(std::uint64_t anchor) {
  engine::FeedArrival arrival;
  arrival.skeleton.kind = rules::EntryKind::kTimeCorrection;
  arrival.skeleton.payload = rules::TimeCorrection{anchor};
  return arrival;
}

TEST(NodeTime, AReceiptIsAnAnchor) {
  test::TestClock clock(utc_from_ms(kStartMs));
  NodeTime time(clock, {}, {});
  EXPECT_EQ(time.now().clock_class, rules::ClockClass::kCarried);
  time.learn(reply_at(clock.truth(), clock));
  EXPECT_EQ(time.now().clock_class, rules::ClockClass::kAnchored);
}

TEST(NodeTime, ARepealedTimeLowersTheFloor) {
  test::TestClock clock(utc_from_ms(kStartMs));
  NodeTime time(clock, {}, {});
  time.learn(reply_at(clock.truth() + std::chrono::hours(24 * 365), clock));
  auto const wrong = time.now();
  ASSERT_GT(wrong.interval.earliest, clock.truth());
  auto healing = reply_at(clock.truth(), clock);
  EXPECT_FALSE(corrects_time(healing));
  healing.feed_entries.push_back(correction_of(wrong.anchor));
  EXPECT_TRUE(corrects_time(healing));
  time.learn(healing);
  EXPECT_EQ(time.now().interval.earliest, clock.truth());
}

TEST(NodeTime, WhatCouldNotBeToldIsToldNextTime) {
  test::TestClock clock(utc_from_ms(kStartMs));
  NodeTime time(clock, {}, {});
  (void)time.now();
  clock.set_wall(clock.wall() + std::chrono::hours(3));
  (void)time.now();
  auto const findings = time.take_findings();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_TRUE(time.take_findings().empty());
  time.hand_back(findings);
  clock.set_wall(clock.wall() - std::chrono::hours(1));
  (void)time.now();
  auto const both = time.take_findings();
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both.front(), findings.front()) << "the older one first";
}

}  // namespace
}  // namespace fieldnode::office

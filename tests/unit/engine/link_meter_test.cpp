#include "sync/engine/link_meter.h"

#include <gtest/gtest.h>

namespace fieldnode::engine {
namespace {

using namespace std::chrono_literals;

/// An exchange that sent `up` bytes, then waited `delay` for `down` bytes that came within `took`.
LinkUse exchange(std::size_t up, Milliseconds delay, std::size_t down, Milliseconds took) {
  return {.request_bytes = up,
          .reply_bytes = down,
          .first_piece_bytes = 0,
          .asked = 1000ms,
          .first_piece = 1000ms + delay,
          .last_piece = 1000ms + delay + took};
}

TEST(LinkMeter, TakesAnUnknownLinkForAThinOne) {
  LinkMeter const meter;
  EXPECT_EQ(meter.plan().compression_level, 19);
  EXPECT_LE(meter.plan().run_bytes, 32U * 1024);
}

TEST(LinkMeter, ASwiftFirstAnswerSpeaksOfAFastLink) {
  LinkMeter meter;
  meter.observe(exchange(400, 15ms, 500, 0ms));
  EXPECT_EQ(meter.plan().compression_level, 3);
  EXPECT_GE(meter.plan().run_bytes, 256U * 1024) << "a commit costs more than such a link loses at a cut";
}

TEST(LinkMeter, WhatIsMeasuredOutweighsTheGuess) {
  LinkMeter meter;
  meter.observe(exchange(400, 15ms, 500, 0ms));
  meter.observe(exchange(100'000, 4015ms, 500, 0ms));
  EXPECT_EQ(meter.plan().compression_level, 19) << "25 kB/s up, however soon a short answer came";
  EXPECT_NEAR(static_cast<double>(meter.plan().run_bytes), 25'000 * 0.3 / 0.4, 3'000);
  meter.observe(exchange(400, 15ms, 50'000, 1000ms));
  EXPECT_NEAR(static_cast<double>(meter.plan().bytes_per_second_down), 50'000, 1'000);
}

TEST(LinkMeter, ShortMessagesAndLongPollsTellNoRate) {
  LinkMeter meter;
  meter.observe(exchange(400, 15ms, 500, 0ms));
  auto const before = meter.plan();
  meter.observe(exchange(4'000, 900ms, 4'000, 900ms));
  auto poll = exchange(400, 50s, 500, 0ms);
  poll.waited = true;
  meter.observe(poll);
  EXPECT_EQ(meter.plan().bytes_per_second_down, before.bytes_per_second_down);
  EXPECT_EQ(meter.plan().compression_level, before.compression_level);
}

TEST(LinkMeter, FollowsALinkThatChanges) {
  LinkMeter meter;
  for (int i = 0; i < 5; ++i) meter.observe(exchange(400, 20ms, 4'000'000, 500ms));
  EXPECT_GT(meter.plan().bytes_per_second_down, 5'000'000U);
  for (int i = 0; i < 8; ++i) meter.observe(exchange(400, 400ms, 50'000, 5000ms));
  EXPECT_LT(meter.plan().bytes_per_second_down, 60'000U);
  EXPECT_GE(meter.plan().reply_bytes, 32U * 1024) << "the thinnest link is asked for something";
}

}  // namespace
}  // namespace fieldnode::engine

#include "sync/engine/trusted_time.h"

#include <gtest/gtest.h>

#include "tests/support/test_clock.h"

namespace fieldnode::engine {
namespace {

using namespace std::chrono_literals;
using rules::ClockClass;
using test::TestClock;

constexpr UtcTime kBuilt = utc_from_ms(1'780'000'000'000);
constexpr UtcTime kStart = utc_from_ms(1'790'000'000'000);

wire::Receipt receipt_sent(UtcTime received, UtcTime sent) {
  wire::Receipt receipt;
  receipt.received_at = received;
  receipt.sent_at = sent;
  return receipt;
}

/// One exchange over `clock`: 40 ms up, `held` at the centre, 60 ms down.
void exchange(TrustedTime& time, TestClock& clock, Milliseconds held = 0ms) {
  auto const asked = clock.since_boot();
  clock.advance(40ms);
  auto const received = clock.truth();
  clock.advance(held);
  auto const sent = clock.truth();
  clock.advance(60ms);
  time.observe(receipt_sent(received, sent), asked, clock.since_boot());
}

void expect_contains(rules::TimeEvidence const& evidence, UtcTime truth) {
  EXPECT_LE(evidence.interval.earliest, truth);
  if (evidence.interval.latest) {
    EXPECT_GE(*evidence.interval.latest, truth);
  }
}

TEST(TrustedTime, NothingIsKnownBeforeTheFirstAnchorButTheBuildDate) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  auto const now = time.now();
  EXPECT_EQ(now.clock_class, ClockClass::kCarried);
  EXPECT_EQ(now.interval.earliest, kBuilt);
  EXPECT_FALSE(now.interval.latest);
  EXPECT_EQ(now.estimate, kStart);
}

TEST(TrustedTime, AnAnchorBoundsTimeByTheRoundTrip) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock, 30s);
  auto const now = time.now();
  EXPECT_EQ(now.clock_class, ClockClass::kAnchored);
  expect_contains(now, clock.truth());
  // 100 ms of travel; what the centre held costs its drift only: 30 s at 1,000 ppm.
  EXPECT_LE(*now.interval.latest - now.interval.earliest, 100ms + 31ms);
}

TEST(TrustedTime, TheIntervalWidensByTheDriftBoundAndKeepsTheTruth) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.drift_ppm = 1000, .build_date = kBuilt}, {});
  exchange(time, clock);
  clock.advance(24h, 900);
  auto const now = time.now();
  expect_contains(now, clock.truth());
  EXPECT_LT(*now.interval.latest - now.interval.earliest, 3min);
}

TEST(TrustedTime, TheWallClockNeverMovesTheInterval) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock);
  auto const before = time.now();
  clock.set_wall(kStart - 24h * 365);
  EXPECT_EQ(time.now(), before);
}

TEST(TrustedTime, ARebootOpensLatestAndKeepsTheFloor) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock);
  auto const floor = time.now().interval.earliest;
  clock.reboot(72h, clock.truth() + 72h);
  TrustedTime restarted(clock, {.build_date = kBuilt}, time.state());
  auto const now = restarted.now();
  EXPECT_EQ(now.clock_class, ClockClass::kCarried);
  EXPECT_GE(now.interval.earliest, floor);
  EXPECT_FALSE(now.interval.latest);
  EXPECT_EQ(now.estimate, clock.truth());
  EXPECT_NE(now.anchor, 0u);
}

TEST(TrustedTime, ADeadClockBatteryIsToldFromACarriedClock) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock);
  auto const floor = time.now().interval.earliest;
  clock.reboot(1h, utc_from_ms(0));
  TrustedTime restarted(clock, {.build_date = kBuilt}, time.state());
  clock.advance(10min);
  auto const now = restarted.now();
  EXPECT_EQ(now.clock_class, ClockClass::kFloor);
  EXPECT_GE(now.interval.earliest, floor + 9min);
  expect_contains(now, clock.truth());
}

TEST(TrustedTime, TheFloorRunsOnInALaterBootAndNeverGoesBack) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock);
  auto last = time.now().interval.earliest;
  for (int boot = 0; boot < 5; ++boot) {
    clock.reboot(1h, utc_from_ms(0));
    TrustedTime next(clock, {.build_date = kBuilt}, time.state());
    for (int i = 0; i < 10; ++i) {
      clock.advance(7min, -800);
      auto const now = next.now();
      EXPECT_GE(now.interval.earliest, last);
      expect_contains(now, clock.truth());
      last = now.interval.earliest;
    }
    time = TrustedTime(clock, {.build_date = kBuilt}, next.state());
  }
}

TEST(TrustedTime, ALaterWideAnchorDoesNotWidenWhatIsKnown) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock);
  auto const asked = clock.since_boot();
  clock.advance(5s);
  auto const sent = clock.truth();
  clock.advance(5s);
  time.observe(receipt_sent(sent, sent), asked, clock.since_boot());
  auto const now = time.now();
  expect_contains(now, clock.truth());
  EXPECT_LT(*now.interval.latest - now.interval.earliest, 200ms);
}

TEST(TrustedTime, AReceiptWithoutTimesIsNoAnchor) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  time.observe(wire::Receipt{}, 0ms, 10ms);
  EXPECT_EQ(time.now().clock_class, ClockClass::kCarried);
}

}  // namespace
}  // namespace fieldnode::engine

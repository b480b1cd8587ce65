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
  auto const asked = read_clocks(clock);
  clock.advance(40ms);
  auto const received = clock.truth();
  clock.advance(held);
  auto const sent = clock.truth();
  clock.advance(60ms);
  time.observe(receipt_sent(received, sent), {asked, clock.since_boot()});
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
  auto const asked = read_clocks(clock);
  clock.advance(5s);
  auto const sent = clock.truth();
  clock.advance(5s);
  time.observe(receipt_sent(sent, sent), {asked, clock.since_boot()});
  auto const now = time.now();
  expect_contains(now, clock.truth());
  EXPECT_LT(*now.interval.latest - now.interval.earliest, 200ms);
}

TEST(TrustedTime, AReceiptWithoutTimesIsNoAnchor) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  time.observe(wire::Receipt{}, {read_clocks(clock), clock.since_boot()});
  EXPECT_EQ(time.now().clock_class, ClockClass::kCarried);
}

TEST(TrustedTime, AForwardStepMayBeAPauseAndWidensLatestOnly) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock);
  auto const before = time.now();
  clock.pause(7min);
  auto const now = time.now();
  expect_contains(now, clock.truth());
  EXPECT_EQ(now.interval.earliest, before.interval.earliest);
  EXPECT_GE(*now.interval.latest, *before.interval.latest + 7min);
  EXPECT_LT(*now.interval.latest, *before.interval.latest + 7min + 3s);
  EXPECT_LT(now.estimate, before.estimate + 1s) << "a wall clock that was set must not move the estimate";
  auto const findings = time.take_findings();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0], (ClockFinding{rules::AnomalyKind::kWallStep, 7min, 0}));
  EXPECT_TRUE(time.take_findings().empty()) << "each is told once";
}

TEST(TrustedTime, AWallClockThatIsSetRightHidesNoPause) {
  for (auto const ahead : std::initializer_list<Milliseconds>{-2h, -3s, 1s, 39min, 41min, 40h}) {
    TestClock clock(kStart);
    clock.set_wall(kStart + ahead);
    TrustedTime time(clock, {.build_date = kBuilt}, {});
    exchange(time, clock);
    (void)time.now();
    clock.pause_and_set_right(40min, 999ms);
    auto const now = time.now();
    expect_contains(now, clock.truth());
    ASSERT_TRUE(now.interval.latest);
    EXPECT_LT(*now.interval.latest - now.interval.earliest, 3h) << "no wider than what the step says";
  }
}

TEST(TrustedTime, AClockThatCountedAPauseMayBeSlow) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.drift_ppm = 1000, .build_date = kBuilt}, {});
  exchange(time, clock);
  (void)time.now();
  clock.pause(10h);
  clock.set_wall(clock.wall() - 36s);  // 1,000 ppm of ten hours
  expect_contains(time.now(), clock.truth());
}

TEST(TrustedTime, AMachineThatStandsStillOrSleepsWhileTheReplyIsOnItsWayKnowsHowLongItMayBeOld) {
  for (bool const sleeps : {false, true}) {
    for (bool const is_asked_before : {false, true}) {
      TestClock clock(kStart);
      TrustedTime time(clock, {.build_date = kBuilt}, {});
      if (is_asked_before) exchange(time, clock);
      auto const asked = read_clocks(clock);
      clock.advance(20s);
      auto const sent = clock.truth();
      sleeps ? clock.suspend(10min, 10min - 1s) : clock.pause(10min);
      clock.advance(40ms);
      auto const answered = clock.since_boot();
      if (is_asked_before) (void)time.now();
      time.observe(receipt_sent(sent - 20s, sent), {asked, answered});
      expect_contains(time.now(), clock.truth());
      for (auto const& finding : time.take_findings()) {
        EXPECT_NE(finding.what, rules::AnomalyKind::kClockUnsound) << "nothing contradicts anything";
      }
    }
  }
}

TEST(TrustedTime, WhatHappensBetweenTheReplyAndItsBeingTakenOverCounts) {
  for (bool const sleeps : {false, true}) {
    TestClock clock(kStart);
    TrustedTime time(clock, {.build_date = kBuilt}, {});
    auto const asked = read_clocks(clock);
    auto const sent = clock.truth();
    auto const answered = clock.since_boot();
    sleeps ? clock.suspend(10min, 10min + 1s) : clock.pause(10min);
    time.observe(receipt_sent(sent, sent), {asked, answered});
    expect_contains(time.now(), clock.truth());
    clock.advance(1h);
    expect_contains(time.now(), clock.truth());
  }
}

TEST(TrustedTime, APauseIsSeenAcrossARestartOfTheProgram) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock);
  clock.advance(10min);
  clock.pause(40min);
  TrustedTime restarted(clock, {.build_date = kBuilt}, time.state());
  expect_contains(restarted.now(), clock.truth());
}

TEST(TrustedTime, AClockSetBackIsToldAndMovesNothing) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock);
  auto const before = time.now();
  clock.set_wall(clock.wall() - 3h);
  EXPECT_EQ(time.now(), before);
  EXPECT_EQ(time.take_findings(), (std::vector{ClockFinding{rules::AnomalyKind::kWallStep, -3h, 0}}));
}

TEST(TrustedTime, ASleepIsCountedWithinTheGrainOfTheRealTimeClock) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock);
  for (auto const seen : {8h + 1s, 8h - 1s}) {
    (void)time.now();
    clock.suspend(8h, seen);
    expect_contains(time.now(), clock.truth());
    auto const findings = time.take_findings();
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].what, rules::AnomalyKind::kSuspend);
  }
}

TEST(TrustedTime, ABootIsToldOnce) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  (void)time.now();
  EXPECT_TRUE(time.take_findings().empty()) << "the first reading of all is no reboot";
  clock.reboot(1h, clock.truth());
  TrustedTime restarted(clock, {.build_date = kBuilt}, time.state());
  (void)restarted.now();
  (void)restarted.now();
  EXPECT_EQ(restarted.take_findings(), (std::vector{ClockFinding{rules::AnomalyKind::kReboot, 0ms, 0}}));
}

TEST(TrustedTime, WhatContradictsTheNextAnchorIsUnsoundAndNamed) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock);
  auto const anchor = time.now().anchor;
  clock.advance(1h, -50'000);  // the boot clock lost three minutes: no drift does that
  exchange(time, clock);
  auto const findings = time.take_findings();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].what, rules::AnomalyKind::kClockUnsound);
  EXPECT_EQ(findings[0].anchor, anchor);
  EXPECT_GT(findings[0].by, 2min);
  expect_contains(time.now(), clock.truth());
}

TEST(TrustedTime, TheBoundIsNeverBelowTwiceTheLargestDriftSeen) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.drift_ppm = 100, .build_date = kBuilt}, {});
  exchange(time, clock);
  clock.advance(24h, 800);
  exchange(time, clock);
  EXPECT_GE(time.drift_ppm(), 1590u);
  EXPECT_LE(time.drift_ppm(), 1600u);
  clock.advance(240h, 800);
  expect_contains(time.now(), clock.truth());
  TrustedTime restarted(clock, {.drift_ppm = 100, .build_date = kBuilt}, time.state());
  EXPECT_EQ(restarted.drift_ppm(), time.drift_ppm()) << "it survives a restart";
}

TEST(TrustedTime, ARepealedAnchorIsTheOnlyThingThatLowersAFloor) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock);
  auto const right = time.now();
  auto const year_ahead = clock.truth() + 24h * 365;
  time.observe(receipt_sent(year_ahead, year_ahead), {read_clocks(clock), clock.since_boot()});
  auto const wrong = time.now();
  ASSERT_GE(wrong.interval.earliest, year_ahead);
  exchange(time, clock);
  EXPECT_FALSE(time.now().interval.latest) << "a floor above the anchor bounds nothing";
  EXPECT_GE(time.now().interval.earliest, year_ahead) << "only two operators lower it";
  time.repeal({12345});
  EXPECT_GE(time.now().interval.earliest, year_ahead) << "another anchor's repeal is not this one's";
  time.repeal({wrong.anchor});
  auto const healed = time.now();
  expect_contains(healed, clock.truth());
  EXPECT_EQ(healed.clock_class, ClockClass::kAnchored);
  EXPECT_GE(healed.interval.earliest, right.interval.earliest);
}

TEST(TrustedTime, ARepealWithoutALaterAnchorFallsToTheBuildDate) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  auto const year_ahead = clock.truth() + 24h * 365;
  time.observe(receipt_sent(year_ahead, year_ahead), {read_clocks(clock), clock.since_boot() + 1ms});
  time.repeal({time.now().anchor});
  auto const now = time.now();
  EXPECT_EQ(now.interval.earliest, kBuilt);
  EXPECT_EQ(now.clock_class, ClockClass::kCarried);
}

// ---- a receipt that came in a file ----------------------------------------------------------------------------------

TEST(TrustedTime, AReceiptFromAFileRaisesTheFloorAndBindsNothing) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  auto const receipt = receipt_sent(kStart, kStart);
  clock.advance(72h);
  time.observe_past(receipt);
  auto const now = time.now();
  EXPECT_EQ(now.interval.earliest, kStart);
  EXPECT_FALSE(now.interval.latest) << "nobody knows how long the file was on its way";
  EXPECT_EQ(now.clock_class, ClockClass::kCarried);
  EXPECT_EQ(now.anchor, wire::anchor_id(receipt)) << "what is made now came after it";
}

TEST(TrustedTime, AnOldFileNeverPullsTheFloorBack) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  time.observe_past(receipt_sent(kStart, kStart));
  // The floor as it is kept is an hour old, the file's time lies between it and the floor carried on.
  clock.advance(1h);
  time.observe_past(receipt_sent(kStart + 10min, kStart + 10min));
  EXPECT_GE(time.now().interval.earliest, kStart + 59min);
}

TEST(TrustedTime, AFileMakesAnAnchoredClockNoWorse) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  auto const receipt = receipt_sent(kStart, kStart);
  exchange(time, clock);
  auto const before = time.now();
  time.observe_past(receipt);
  EXPECT_EQ(time.now(), before);
}

TEST(TrustedTime, AFileWithoutTimesTeachesNothing) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  time.observe_past({});
  EXPECT_EQ(time.now().interval.earliest, kBuilt);
}

// ---- a moment that came by telephone -------------------------------------------------------------------------------

/// The centre noted the moment `after` the code was shown; the answer was typed `later` still.
ToldMoment call(TestClock& clock, Milliseconds after, Milliseconds later) {
  auto const asked = read_clocks(clock);
  clock.advance(after);
  auto const minute = std::chrono::floor<std::chrono::minutes>(clock.truth());
  clock.advance(later);
  return {77, minute, asked};
}

TEST(TrustedTime, ATelephoneCallAnchorsTheClockAsWideAsItWasLong) {
  TestClock clock(kStart);
  clock.set_wall(utc_from_ms(0));
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  time.observe(call(clock, 70s, 50s));
  auto const now = time.now();
  EXPECT_EQ(now.clock_class, ClockClass::kAnchored);
  EXPECT_EQ(now.anchor, 77u);
  expect_contains(now, clock.truth());
  EXPECT_LE(*now.interval.latest - now.interval.earliest, 3min + 1s);
}

TEST(TrustedTime, NoCallMakesAGoodClockWorse) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  exchange(time, clock);
  time.observe(call(clock, 70s, 50s));
  auto const now = time.now();
  EXPECT_EQ(now.anchor, 77u);
  expect_contains(now, clock.truth());
  EXPECT_LE(*now.interval.latest - now.interval.earliest, 1s);
}

TEST(TrustedTime, ACallAcrossAPowerCutRaisesTheFloorAlone) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  auto told = call(clock, 70s, 50s);
  clock.reboot(30s, utc_from_ms(0));
  time.observe(told);
  auto const now = time.now();
  EXPECT_EQ(now.clock_class, ClockClass::kFloor);
  EXPECT_GE(now.interval.earliest, told.minute);
  EXPECT_FALSE(now.interval.latest);
  EXPECT_EQ(time.state().floor_anchor, 77u);
}

TEST(TrustedTime, WhateverTheMachineDidDuringTheCallTheTruthStaysInside) {
  for (bool const sleeps : {false, true}) {
    TestClock clock(kStart);
    TrustedTime time(clock, {.build_date = kBuilt}, {});
    auto told = call(clock, 70s, 50s);
    if (sleeps) {
      clock.suspend(40s, 38s);
    } else {
      clock.pause(40s);
    }
    clock.advance(10s, -1000);
    time.observe(told);
    expect_contains(time.now(), clock.truth());
    ASSERT_TRUE(time.now().interval.latest);
  }
}

TEST(TrustedTime, ATelephoneAnchorIsRepealedLikeAnyOther) {
  TestClock clock(kStart);
  TrustedTime time(clock, {.build_date = kBuilt}, {});
  auto told = call(clock, 70s, 50s);
  told.minute += 24h * 365;
  time.observe(told);
  ASSERT_GE(time.now().interval.earliest, told.minute);
  time.repeal({77});
  EXPECT_EQ(time.now().interval.earliest, kBuilt);
}

}  // namespace
}  // namespace fieldnode::engine

#include "node/central/clock_guard.h"

#include <gtest/gtest.h>

#include "tests/support/test_clock.h"

namespace fieldnode::central {
namespace {

using namespace std::chrono_literals;
using test::TestClock;

constexpr UtcTime kStart = utc_from_ms(1'790'000'000'000);

/// A time service under the test's hand.
struct FakeService final : ClockHealth {
  [[nodiscard]] bool is_synchronised() const override { return vouches; }
  bool vouches{true};
};

std::string doubt(ClockGuard& guard) {
  auto const why = guard.doubt();
  return why ? why->code : "";
}

TEST(ClockGuard, SignsTheTimeThatAServiceVouchesFor) {
  TestClock clock(kStart);
  FakeService service;
  ClockGuard guard(clock, &service);
  clock.advance(5s);
  EXPECT_EQ(guard.signable().value(), kStart + 5s);
  EXPECT_FALSE(guard.is_watched());
}

TEST(ClockGuard, SignsNothingWhileNobodyVouchesAndGoesOnAtOnceWhenSomebodyDoes) {
  TestClock clock(kStart);
  FakeService service{};
  service.vouches = false;
  ClockGuard guard(clock, &service);
  EXPECT_EQ(doubt(guard), "clock_unsynchronised");
  service.vouches = true;
  EXPECT_EQ(doubt(guard), "");
  service.vouches = false;
  EXPECT_EQ(doubt(guard), "clock_unsynchronised") << "it is asked each time";
}

TEST(ClockGuard, RemembersTheLastTimeThatWasSureAndNothingOfAnEarlierProgram) {
  TestClock clock(kStart);
  FakeService service;
  ClockGuard guard(clock, &service);
  clock.advance(5s);
  EXPECT_FALSE(guard.doubted_since());
  clock.advance(5s);
  clock.set_wall(kStart + 24h);
  EXPECT_EQ(guard.doubted_since(), kStart + 5s);
  service.vouches = false;
  EXPECT_EQ(guard.doubted_since(), kStart + 5s);
  ClockGuard restarted(clock, &service);
  EXPECT_EQ(restarted.doubted_since(), UtcTime{});
}

TEST(ClockGuard, AJumpOfTwoSecondsEitherWaySilencesItUntilTheServiceHasVouchedForAWhile) {
  for (auto const by : {2s, -2s, 3600s}) {
    TestClock clock(kStart);
    FakeService service;
    ClockGuard guard(clock, &service);
    clock.set_wall(clock.wall() + by);
    EXPECT_EQ(doubt(guard), "clock_jumped") << by.count();
    clock.advance(kVouchedAfterJump - 1s);
    EXPECT_EQ(doubt(guard), "clock_jumped");
    clock.advance(1s);
    EXPECT_EQ(doubt(guard), "");
  }
}

TEST(ClockGuard, TheWhileBeginsAnewWithEachJumpAndWithEachSilenceOfTheService) {
  TestClock clock(kStart);
  FakeService service;
  ClockGuard guard(clock, &service);
  clock.set_wall(clock.wall() + 5s);
  EXPECT_EQ(doubt(guard), "clock_jumped");
  clock.advance(90s);
  clock.set_wall(clock.wall() - 5s);
  EXPECT_EQ(doubt(guard), "clock_jumped");
  clock.advance(90s);
  EXPECT_EQ(doubt(guard), "clock_jumped");
  service.vouches = false;
  EXPECT_EQ(doubt(guard), "clock_unsynchronised");
  service.vouches = true;
  clock.advance(90s);
  EXPECT_EQ(doubt(guard), "clock_jumped") << "what it said before it fell silent counts no more";
  clock.advance(kVouchedAfterJump);
  EXPECT_EQ(doubt(guard), "");
}

TEST(ClockGuard, LessThanTwoSecondsIsATimeServiceAtWork) {
  TestClock clock(kStart);
  FakeService service;
  ClockGuard guard(clock, &service);
  clock.set_wall(clock.wall() + 1900ms);
  EXPECT_EQ(doubt(guard), "");
}

TEST(ClockGuard, APauseOfTheWholeMachineIsAJump) {
  TestClock clock(kStart);
  FakeService service;
  ClockGuard guard(clock, &service);
  clock.pause(30s);
  EXPECT_EQ(doubt(guard), "clock_jumped");
}

TEST(ClockGuard, WhereTimeIsWatchedByPeopleOnlyAPersonEndsADoubt) {
  TestClock clock(kStart);
  ClockGuard guard(clock, nullptr);
  EXPECT_TRUE(guard.is_watched());
  EXPECT_EQ(doubt(guard), "");
  clock.set_wall(clock.wall() + 10s);
  EXPECT_EQ(doubt(guard), "clock_jumped");
  clock.advance(24h);
  EXPECT_EQ(doubt(guard), "clock_jumped") << "time alone proves nothing";
  guard.confirm();
  EXPECT_EQ(doubt(guard), "");
}

TEST(ClockGuard, SettingTheClockRightAndConfirmingItInOneGoIsEnough) {
  TestClock clock(kStart);
  ClockGuard guard(clock, nullptr);
  clock.set_wall(clock.wall() + 10s);
  guard.confirm();
  EXPECT_EQ(doubt(guard), "") << "the jump that the person made is the one that is confirmed";
}

TEST(ClockGuard, AUnitThatWasGivenALaterTimeIsGivenNone) {
  TestClock clock(kStart);
  ClockGuard guard(clock, nullptr);
  EXPECT_EQ(guard.signable_after(kStart - 1h).value(), kStart);
  EXPECT_EQ(guard.signable_after({}).value(), kStart);
  EXPECT_EQ(guard.signable_after(kStart + 1999ms).value(), kStart) << "a time service may turn back a little";
  EXPECT_EQ(guard.signable_after(kStart + 2s).error().code, "clock_behind");
}

}  // namespace
}  // namespace fieldnode::central

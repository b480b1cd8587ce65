#include "sync/engine/clock_watch.h"

#include <gtest/gtest.h>

#include "tests/support/test_clock.h"

namespace fieldnode::engine {
namespace {

using namespace std::chrono_literals;
using rules::AnomalyKind;

constexpr UtcTime kStart = utc_from_ms(1'790'000'000'000);

TEST(ClockWatch, TheFirstReadingSaysNothing) {
  test::TestClock clock(kStart);
  auto const change = compare({}, read_clocks(clock));
  EXPECT_TRUE(change.findings.empty());
  EXPECT_EQ(change.unseen, 0ms);
}

TEST(ClockWatch, ClocksThatRunTogetherSayNothing) {
  test::TestClock clock(kStart);
  auto const before = read_clocks(clock);
  clock.advance(24h * 30, 900);
  auto const change = compare(before, read_clocks(clock));
  EXPECT_TRUE(change.findings.empty());
  EXPECT_EQ(change.unseen, 0ms);
  EXPECT_EQ(change.slept_slack, 0ms);
}

TEST(ClockWatch, ASmallStepWidensAndIsNotTold) {
  test::TestClock clock(kStart);
  auto const before = read_clocks(clock);
  clock.set_wall(clock.wall() + 1500ms);
  auto const change = compare(before, read_clocks(clock));
  EXPECT_TRUE(change.findings.empty());
  EXPECT_EQ(change.unseen, 1500ms);
}

TEST(ClockWatch, AStepOfTwoSecondsIsToldEitherWay) {
  for (auto const step : {2000ms, -2000ms}) {
    test::TestClock clock(kStart);
    auto const before = read_clocks(clock);
    clock.set_wall(clock.wall() + step);
    auto const change = compare(before, read_clocks(clock));
    EXPECT_EQ(change.findings, (std::vector{ClockFinding{AnomalyKind::kWallStep, step, 0}}));
  }
}

TEST(ClockWatch, AnotherBootComparesNothingElse) {
  test::TestClock clock(kStart);
  auto const before = read_clocks(clock);
  clock.reboot(1h, utc_from_ms(0));
  auto const change = compare(before, read_clocks(clock));
  EXPECT_EQ(change.findings, (std::vector{ClockFinding{AnomalyKind::kReboot, 0ms, 0}}));
  EXPECT_EQ(change.unseen, 0ms);
}

TEST(ClockWatch, DriftBoundsHoldTheTruthBothWays) {
  for (std::int64_t const truth : {1LL, 999LL, 86'400'000LL, 7'776'000'000LL}) {
    for (std::int64_t const ppm : {-1000LL, -1LL, 0LL, 1LL, 1000LL}) {
      Milliseconds const seen(truth + truth * ppm / 1'000'000);
      EXPECT_LE(seen - drift_below(seen, 1000), Milliseconds(truth)) << truth << " ms at " << ppm;
      EXPECT_GE(seen + drift_above(seen, 1000), Milliseconds(truth)) << truth << " ms at " << ppm;
    }
  }
}

/// A clock on which some reading of the wall takes long: the thread was held up there.
class HeldUpClock final : public Clock {
 public:
  [[nodiscard]] UtcTime wall() const override {
    if (++readings_ <= 2) held_up_ += 300ms;
    return kStart + held_up_;
  }
  [[nodiscard]] Milliseconds since_boot() const override { return 1000ms + held_up_; }
  [[nodiscard]] Milliseconds awake() const override { return since_boot(); }
  [[nodiscard]] std::string boot_id() const override { return "boot"; }

 private:
  mutable int readings_{};
  mutable Milliseconds held_up_{};
};

TEST(ClockWatch, AThreadHeldUpBetweenTwoReadingsIsNoStep) {
  HeldUpClock const clock;
  auto const reading = read_clocks(clock);
  EXPECT_EQ(reading.wall - kStart, reading.since_boot - 1000ms);
}

}  // namespace
}  // namespace fieldnode::engine

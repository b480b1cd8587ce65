#include "sync/engine/pace.h"

#include <gtest/gtest.h>

#include <set>

namespace fieldnode::engine {
namespace {

using namespace std::chrono_literals;

TEST(Pace, DoublesWithJitterUpToTheMost) {
  SeededRandom random(3);
  Pace pace(random, {.first = 5s, .most = 60s});
  Milliseconds whole = 5s;
  for (int i = 0; i < 12; ++i) {
    auto const pause = pace.failed(0ms);
    EXPECT_GE(pause, whole / 2);
    EXPECT_LE(pause, whole);
    whole = std::min<Milliseconds>(whole * 2, 60s);
  }
}

TEST(Pace, ANudgeOrASuccessStartsOver) {
  SeededRandom random(3);
  Pace pace(random, {});
  for (int i = 0; i < 8; ++i) (void)pace.failed(0ms);
  pace.nudged();
  EXPECT_LE(pace.failed(0ms), 5s);
  (void)pace.failed(0ms);
  pace.succeeded();
  EXPECT_LE(pace.failed(0ms), 5s);
}

TEST(Pace, NeverComesBackBeforeTheCentreAskedFor) {
  SeededRandom random(3);
  Pace pace(random, {});
  EXPECT_GE(pace.failed(90s), 90s);
}

TEST(Pace, ThoseWhoWereSentAwayTogetherReturnApart) {
  std::set<Milliseconds> returns;
  for (std::uint64_t node = 0; node < 200; ++node) {
    SeededRandom random(node);
    Pace pace(random, {.first = 5s});
    returns.insert(pace.failed(5s));
  }
  EXPECT_GE(*returns.begin(), 5s);
  EXPECT_GT(*returns.rbegin() - *returns.begin(), 2s);
  EXPECT_GT(returns.size(), 150U);
}

TEST(Pace, ALineThatBrokeIsTriedAgainSoonButOnce) {
  SeededRandom random(3);
  Pace pace(random, {.first = 5s, .broken = 500ms});
  EXPECT_LE(pace.broke(), 500ms);
  EXPECT_GE(pace.broke(), 2'500ms) << "it did not come back";
  pace.succeeded();
  EXPECT_LE(pace.broke(), 500ms);
}

TEST(Pace, ManyFailuresDoNotOverflow) {
  SeededRandom random(3);
  Pace pace(random, {});
  for (int i = 0; i < 1000; ++i) EXPECT_LE(pace.failed(0ms), 15min);
}

}  // namespace
}  // namespace fieldnode::engine

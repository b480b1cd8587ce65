#include "node/central/outage_log.h"

#include <gtest/gtest.h>

#include "node/central/outage_beat.h"
#include "tests/support/test_clock.h"
#include "tests/unit/central/central_world.h"

namespace fieldnode::central {
namespace {

using namespace std::chrono_literals;
using rules::OutageView;

/// One unit whose node comes and goes, and a centre that stops and starts.
class OutageLog : public testing::Test {
 protected:
  bool log() {
    bool said = false;
    EXPECT_TRUE(world_.store.with_unit(unit_.id, [&](UnitWork& work) -> Result<void> {
      said = log_outages(work, world_.now);
      return {};
    }));
    return said;
  }
  std::vector<rules::OutageSeen> seen() {
    std::vector<rules::OutageSeen> all;
    for (auto const& fact : world_.store.replay(unit_.id, {}, {}).outages_seen) all.push_back(fact.seen);
    return all;
  }

  CentralWorld world_;
  UnitRecord unit_{world_.add_unit("BH")};
};

TEST_F(OutageLog, SilenceIsCountedFromTheLastAnswer) {
  NodeByHand node(world_, unit_);
  ASSERT_TRUE(node.exchange());
  auto const heard = world_.now;
  world_.pass(4min);
  EXPECT_FALSE(log()) << "an ordinary pause";
  world_.pass(1min);
  EXPECT_TRUE(log());
  EXPECT_EQ(seen(), (std::vector<rules::OutageSeen>{{OutageView::kNodeSilent, heard, heard + 5min}}));
}

TEST_F(OutageLog, AUnitThatNeverCameWasNotSilent) {
  world_.pass(24h);
  EXPECT_FALSE(log());
}

TEST_F(OutageLog, ACentreThatDidNotServeSaysSoToEachUnitOnce) {
  auto const stopped = world_.now;
  ASSERT_TRUE(world_.store.note_serving(world_.now, false));
  world_.pass(2h);
  ASSERT_TRUE(world_.store.note_serving(world_.now, false));
  EXPECT_TRUE(log());
  EXPECT_FALSE(log());
  EXPECT_EQ(seen(), (std::vector<rules::OutageSeen>{{OutageView::kCentreDown, stopped, stopped + 2h}}));
  auto const late = world_.add_unit("HX");
  EXPECT_TRUE(world_.store.with_unit(late.id, [&](UnitWork& work) -> Result<void> {
    EXPECT_TRUE(work.take_untold_gaps().empty()) << "it was added afterwards";
    return {};
  }));
}

TEST_F(OutageLog, AShortRestartAndAStepOfTheClockAreNoGap) {
  ASSERT_TRUE(world_.store.note_serving(world_.now, false));
  world_.pass(4min);
  ASSERT_TRUE(world_.store.note_serving(world_.now, false));
  world_.pass(2h);
  ASSERT_TRUE(world_.store.note_serving(world_.now, true));
  world_.pass(-3h);
  ASSERT_TRUE(world_.store.note_serving(world_.now, false));
  EXPECT_FALSE(log());
}

TEST_F(OutageLog, TheBeatKnowsWhenItsMachineSlept) {
  test::TestClock clock(world_.now);
  auto const began = world_.now;
  {
    OutageBeat beat(
        world_.store, clock, [&clock]() -> Result<UtcTime> { return clock.wall(); }, 24h);
    clock.advance(1min);
    beat.beat();
    clock.set_wall(clock.wall() + 7h);  // somebody sets the wall clock: the boot clock does not move
    beat.beat();
    clock.set_wall(clock.wall() - 7h);
    beat.beat();
    clock.suspend(3h, 3h);
  }
  world_.pass(4h);
  EXPECT_TRUE(log());
  EXPECT_EQ(seen(), (std::vector<rules::OutageSeen>{{OutageView::kCentreDown, began + 1min, began + 1min + 3h}}));
}

TEST_F(OutageLog, AClockInDoubtTellsOfNoOutage) {
  test::TestClock clock(world_.now);
  bool sure = true;
  OutageBeat::SureTime const now = [&]() -> Result<UtcTime> {
    if (!sure) return refuse("clock_jumped", "by years");
    return clock.wall();
  };
  { OutageBeat const first(world_.store, clock, now, 24h); }
  auto const stopped = clock.wall();
  clock.set_wall(stopped + 24h * 365);
  sure = false;
  OutageBeat second(world_.store, clock, now, 24h);
  EXPECT_FALSE(log());
  clock.set_wall(stopped + 1h);
  sure = true;
  second.beat();
  world_.now = clock.wall();
  EXPECT_TRUE(log()) << "once it is sure, it tells since when nobody served";
  EXPECT_EQ(seen(), (std::vector<rules::OutageSeen>{{OutageView::kCentreDown, stopped, stopped + 1h}}));
}

}  // namespace
}  // namespace fieldnode::central

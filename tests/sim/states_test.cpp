#include <gtest/gtest.h>

#include "tests/sim/epoch_world.h"

/// Do both ends hold the same? Source: PROTOCOL, "Do both ends hold the same?".
namespace fieldnode::sim {
namespace {

class States : public ::testing::Test {
 protected:
  States() {
    centre.found(keys.public_key, epoch);
    office.found(epoch);
    office.open();
  }
  void dispatch(int count) {
    for (int i = 0; i < count; ++i) ids.push_back(centre.dispatch());
    ASSERT_TRUE(office.settle());
  }
  /// The centre counts these otherwise, or has none.
  void tamper(std::string const& condition) {
    centre.tamper("UPDATE state_digest SET digest = zeroblob(32) WHERE " + condition);
  }
  std::vector<AssignmentId> alarms() {
    std::vector<AssignmentId> named;
    auto const units = centre.store().units();
    for (auto const& alarm : units.at(0).alarms) {
      if (alarm.code == "state_differs") named.push_back(AssignmentId{alarm.subject});
    }
    return named;
  }
  /// A new place comes to rest, and is compared with the exchanges that follow.
  void act_and_settle() {
    office.note(ids.front(), "note " + std::to_string(++notes));
    for (int i = 0; i < 2; ++i) {
      auto const settled = office.settle();
      ASSERT_TRUE(settled) << settled.error().sentence;
    }
  }

  EpochWorld world{77};
  EpochCentre centre{world, world.dir / "central.db"};
  crypto::KeyPair keys{world.suite->make_keys(world.random)};
  Epoch epoch{world.random.bits64()};
  EpochOffice office{world, centre, world.dir / "node.db", keys};
  std::vector<AssignmentId> ids;
  int notes{};
};

TEST_F(States, TheSameAtBothEndsRaisesNothing) {
  dispatch(5);
  for (auto const id : ids) office.acknowledge(id);
  act_and_settle();
  EXPECT_TRUE(office.differing.empty());
  EXPECT_TRUE(alarms().empty());
}

TEST_F(States, ADifferenceIsAnAlarmAtBothEndsThatNamesTheAssignment) {
  dispatch(5);
  tamper("assignment = " + std::to_string(ids[3].value));
  act_and_settle();
  EXPECT_EQ(office.differing, std::vector{ids[3]});
  EXPECT_EQ(alarms(), std::vector{ids[3]});
}

TEST_F(States, TheSearchGoesPageByPage) {
  dispatch(600);
  tamper("assignment IN (" + std::to_string(ids[2].value) + ", " + std::to_string(ids[300].value) + ", " +
         std::to_string(ids[599].value) + ")");
  act_and_settle();
  EXPECT_EQ(office.differing, (std::vector{ids[2], ids[300], ids[599]}));
  EXPECT_EQ(alarms(), office.differing);
}

TEST_F(States, WhatOnlyOneEndHasIsNamed) {
  dispatch(4);
  centre.tamper("DELETE FROM state_digest WHERE assignment = " + std::to_string(ids[1].value));
  act_and_settle();
  EXPECT_EQ(office.differing, std::vector{ids[1]});
}

TEST_F(States, ManyThatDifferAreNamedUpToALimit) {
  dispatch(300);
  tamper("1");
  act_and_settle();
  EXPECT_EQ(office.differing.size(), 64U);
}

TEST_F(States, WorkGoesOnAndAHealedStateEndsTheAlarm) {
  dispatch(3);
  tamper("assignment = " + std::to_string(ids[1].value));
  act_and_settle();
  ASSERT_FALSE(office.differing.empty());
  office.note(ids[1], "it is projected anew");
  act_and_settle();
  EXPECT_TRUE(office.differing.empty());
  EXPECT_EQ(alarms().size(), 1U) << "what was seen stays for the operator";
}

}  // namespace
}  // namespace fieldnode::sim

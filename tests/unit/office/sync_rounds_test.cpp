#include "node/office/sync_rounds.h"

#include <gtest/gtest.h>

namespace fieldnode::office {
namespace {

constexpr Epoch kFeed{7};

Position at(std::uint64_t seq) { return {kFeed, seq}; }

engine::ExchangeOutcome brought(std::size_t acts, std::size_t entries) {
  engine::ExchangeOutcome outcome;
  outcome.acts_sent = acts;
  outcome.entries_received = entries;
  return outcome;
}

TEST(SyncRounds, EndWhenActsAreThereAndTheFeedHasCome) {
  SyncRounds rounds;
  EXPECT_FALSE(rounds.wants_acts());
  auto const mine = rounds.ask();
  EXPECT_TRUE(rounds.wants_acts());
  rounds.count(brought(3, 0));
  rounds.serve(mine, at(9));
  EXPECT_FALSE(rounds.wants_acts()) << "the acts are there";
  EXPECT_FALSE(rounds.reach(at(8)));
  EXPECT_FALSE(rounds.is_done(mine)) << "what the centre had is not all here";
  rounds.count(brought(0, 9));
  EXPECT_TRUE(rounds.reach(at(9)));
  ASSERT_TRUE(rounds.is_done(mine));
  auto const report = rounds.result().value();
  EXPECT_EQ(report.exchanges, 2U);
  EXPECT_EQ(report.acts_sent, 3U);
  EXPECT_EQ(report.entries_received, 9U);
}

TEST(SyncRounds, AnExchangeThatBeganBeforeDoesNotServe) {
  SyncRounds rounds;
  auto const before = rounds.asked();
  auto const mine = rounds.ask();
  rounds.serve(before, at(1));
  EXPECT_FALSE(rounds.reach(at(1)));
  EXPECT_FALSE(rounds.fail(before, refuse("timeout", "an older attempt")));
  EXPECT_FALSE(rounds.is_done(mine));
  EXPECT_TRUE(rounds.wants_acts());
}

TEST(SyncRounds, AFailureEndsAllThatWait) {
  SyncRounds rounds;
  auto const first = rounds.ask();
  auto const second = rounds.ask();
  EXPECT_TRUE(rounds.fail(second, refuse("unreachable", "the line is cut")));
  EXPECT_TRUE(rounds.is_done(first));
  ASSERT_TRUE(rounds.is_done(second));
  EXPECT_EQ(rounds.result().error().code, "unreachable");
  auto const third = rounds.ask();
  rounds.serve(third, at(1));
  EXPECT_TRUE(rounds.reach(at(1)));
  EXPECT_TRUE(rounds.result()) << "the failure was of the one before";
}

TEST(SyncRounds, AnotherFeedEndsAWaitForTheOldOne) {
  SyncRounds rounds;
  auto const mine = rounds.ask();
  rounds.serve(mine, at(100));
  EXPECT_TRUE(rounds.reach({Epoch{8}, 3}));
  EXPECT_TRUE(rounds.is_done(mine));
}

}  // namespace
}  // namespace fieldnode::office

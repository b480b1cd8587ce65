#include "node/office/office_witness.h"

#include <gtest/gtest.h>

#include "tests/unit/office/office_world.h"

/// What an office may count on between a call and the feed that rules on it.
namespace fieldnode::office {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kChallenge = 4'271'903;
constexpr std::uint64_t kCode = 123'456'789'012'345;
UtcTime const kMinute = utc_from_ms(kStartMs) + 7h;

struct OfficeWitnesses : testing::Test {
  OfficeWitnesses() {
    world.feed.opening();
    world.settle(1);
    PhoneCallRows(world.writer.connection()).add(call);
  }

  void answered() {
    call.minute = kMinute;
    PhoneCallRows(world.writer.connection()).update(call);
  }
  void in_feed(std::optional<bool> holds, std::uint64_t code = kCode) {
    unit.phone_receipts.push_back({{kFeed.epoch, 9}, kMinute + 12s, {call.upto, kChallenge, code}, holds});
  }
  OfficeWitness witness() { return {world.writer.connection(), lists, unit}; }
  std::optional<UtcTime> held(std::uint64_t seq, Epoch epoch = kJournalEpoch) {
    return witness().received_at({epoch, seq});
  }

  OfficeWorld world;
  lists::EntryLists lists{world.writer.connection(), world.vault, kUnit};
  rules::UnitState unit;
  PhoneCall call{.challenge = kChallenge, .upto = {kJournalEpoch, 40}, .code = kCode, .shown = {}};
};

TEST_F(OfficeWitnesses, WhatWasToldCountsFromTheEndOfItsMinute) {
  EXPECT_EQ(held(40), std::nullopt) << "a code that was shown and not answered proves nothing";
  answered();
  EXPECT_EQ(held(40), kMinute + 59'999ms) << "the centre's moment lies somewhere in that minute";
  EXPECT_EQ(held(2), kMinute + 59'999ms);
  EXPECT_EQ(held(41), std::nullopt) << "made later";
  EXPECT_EQ(held(40, Epoch{99}), std::nullopt) << "of another journal";
}

TEST_F(OfficeWitnesses, ItsAnchorIsTheBeginningOfTheMinute) {
  EXPECT_EQ(witness().anchor_sent_at(kChallenge), std::nullopt);
  answered();
  EXPECT_EQ(witness().anchor_sent_at(kChallenge), kMinute);
}

TEST_F(OfficeWitnesses, AnEarlierMarkOutweighsIt) {
  answered();
  auto const before = held(1);
  ASSERT_TRUE(before) << "the first act was delivered";
  EXPECT_LT(*before, kMinute);
}

TEST_F(OfficeWitnesses, OnceTheFeedRulesOnlyTheFeedCounts) {
  answered();
  in_feed(std::nullopt);
  EXPECT_EQ(held(40), kMinute + 59'999ms) << "noted, not yet compared";
  unit.phone_receipts.clear();
  in_feed(true);
  EXPECT_EQ(held(40), std::nullopt) << "whoever asks finds it in the unit's facts";
  unit.phone_receipts.clear();
  in_feed(false);
  EXPECT_EQ(held(40), std::nullopt);
  unit.phone_receipts.clear();
  in_feed(std::nullopt, kCode + 1);
  EXPECT_EQ(held(40), std::nullopt) << "another code was noted than the one that was said";
}

}  // namespace
}  // namespace fieldnode::office

#include "node/office/rule_follower.h"

#include <gtest/gtest.h>

#include "node/lists/rule_entries.h"
#include "node/office/rule_state.h"
#include "sync/rules/civil.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

using rules::EntryKind;
using rules::RulesApplied;

constexpr AssignmentId kLamp{5};
constexpr AssignmentId kDrain{6};
constexpr AssignmentId kRoad{7};

constexpr std::string_view kStricter = R"({"version":"measures-v2","limits":{"contact":"2wd"},"drift_ppm":200})";
constexpr std::string_view kUnreadable = R"({"version":"measures-v9","mood":"strict"})";
/// Of the three days on which the citizen is to be called, Tuesday becomes a day off.
constexpr std::string_view kFestival =
    R"({"year":2026,"version":"2026-03-01","region":"示范市","off":["2026-03-03"],"work":[]})";
/// Published before that, and brought after it: Tuesday works.
constexpr std::string_view kOlder =
    R"({"year":2026,"version":"2026-02-20","region":"示范市","off":[],"work":["2026-03-03"]})";

struct RulesWorld : OfficeWorld {
  RulesWorld() {
    for (auto const id : {kLamp, kDrain, kRoad}) feed.dispatch(id, clock.truth());
    settle(1);
    for (auto const id : {kLamp, kDrain, kRoad}) EXPECT_TRUE(append(acknowledgement(id)));
  }

  void publish_policy(std::string_view version, std::string_view document) {
    feed.publish(EntryKind::kPolicy, std::string(version), std::string(document), clock.truth());
  }
  void publish_calendar(std::string_view version, std::string_view document) {
    feed.publish(EntryKind::kCalendar, std::string(version), std::string(document), clock.truth());
  }
  /// Takes the feed over, and follows.
  void receive() {
    settle(1);
    follow();
  }
  /// One that came at once.
  engine::SettledExchange timed_reply() {
    auto settled = reply(1);
    settled.round_trip.emplace(engine::read_clocks(clock), clock.since_boot());
    return settled;
  }
  void follow() { ASSERT_TRUE(follow_rules(*store, node_time)); }
  std::string due(AssignmentId id) { return rules::format_moment(store->file_of(id)->row.due->due.value()); }
  std::vector<RulesApplied> told() {
    lists::EntryLists lists(writer.connection(), vault, kUnit);
    std::vector<RulesApplied> entries;
    for (auto const& stored : lists.unit_entries(wire::ListKind::kJournal, EntryKind::kRulesApplied)) {
      entries.push_back(std::get<RulesApplied>(stored.skeleton.payload));
    }
    return entries;
  }
  void expect_sound() {
    auto const checked = check();
    EXPECT_TRUE(checked) << checked.error().sentence;
  }

  NodeTime node_time{clock, {}, {}};
};

TEST(RuleFollower, ACalendarMovesWhatIsOpenAndIsToldOnce) {
  RulesWorld world;
  auto const before = names_of(*world.store->rules()->current());
  EXPECT_EQ(world.due(kLamp), "2026-03-05T17:00:00+08:00");
  world.publish_calendar("2026/2026-03-01/示范市", kFestival);
  world.receive();
  EXPECT_EQ(world.due(kLamp), "2026-03-06T17:00:00+08:00");
  ASSERT_EQ(world.told().size(), 1U);
  auto const told = world.told().front();
  EXPECT_EQ(told.calendar_before, before.calendar);
  EXPECT_EQ(told.calendar_after, before.calendar + "+2026/2026-03-01/示范市");
  EXPECT_EQ(told.policy_before, "measures-v1");
  EXPECT_EQ(told.policy_after, "measures-v1");
  EXPECT_EQ(told.later, 3U);
  EXPECT_EQ(told.earlier, 0U);
  world.receive();
  world.follow();
  EXPECT_EQ(world.told().size(), 1U) << "nothing is told twice";
  world.expect_sound();
}

TEST(RuleFollower, APolicyMovesDuesEarlierAndNarrowsTheClock) {
  RulesWorld world;
  world.publish_policy("measures-v2", kStricter);
  world.clock.advance(std::chrono::hours(60));  // Wednesday evening: the second working day is over, the third is not
  world.receive();
  EXPECT_EQ(world.due(kLamp), "2026-03-04T17:00:00+08:00");
  ASSERT_EQ(world.told().size(), 1U);
  EXPECT_EQ(world.told().front().earlier, 3U);
  EXPECT_EQ(world.told().front().policy_after, "measures-v2");
  EXPECT_EQ(world.store->rules()->current()->policy.drift_ppm, 200U);
  world.expect_sound();
}

TEST(RuleFollower, SaysWhichBecomeOverdueByTheNewRulesAlone) {
  RulesWorld world;
  world.clock.advance(std::chrono::hours(60));
  world.publish_policy("measures-v2", kStricter);
  auto const reply = world.timed_reply();
  world.node_time.learn(reply);  // the receipt says that it is Wednesday evening
  ASSERT_TRUE(world.store->settle(reply));
  world.follow();
  EXPECT_EQ(world.told().front().overdue, 3U);
}

TEST(RuleFollower, AnOlderNoticeThatComesLaterLiesUnderTheNewerOne) {
  RulesWorld world;
  world.publish_calendar("2026/2026-03-01/示范市", kFestival);
  world.receive();
  world.publish_calendar("2026/2026-02-20/示范市", kOlder);
  world.receive();
  EXPECT_EQ(world.due(kLamp), "2026-03-06T17:00:00+08:00") << "the newer notice still rules Tuesday";
  ASSERT_EQ(world.told().size(), 2U);
  EXPECT_EQ(world.told().back().later + world.told().back().earlier, 0U);
  world.expect_sound();
}

TEST(RuleFollower, GoesOnWhereAStopLeftOff) {
  RulesWorld world;
  world.publish_calendar("2026/2026-03-01/示范市", kFestival);
  world.settle(1);
  ASSERT_FALSE(world.store->follows_rules());
  ASSERT_TRUE(world.store->follow_rules(world.stamp(), 2));
  EXPECT_TRUE(world.told().empty()) << "one is not done yet";
  world.expect_sound();
  world.store = std::make_unique<OfficeStore>(world.writer, *world.readers, world.vault, world.book, world.identity);
  world.follow();
  ASSERT_EQ(world.told().size(), 1U);
  EXPECT_EQ(world.told().front().later, 3U) << "those done before the stop are counted with the rest";
  EXPECT_TRUE(world.store->follows_rules());
  world.expect_sound();
}

TEST(RuleFollower, RulesThatComeInBetweenHaveTheirTurnAfterwards) {
  RulesWorld world;
  world.publish_calendar("2026/2026-03-01/示范市", kFestival);
  world.settle(1);
  ASSERT_TRUE(world.store->follow_rules(world.stamp(), 1));
  world.publish_policy("measures-v2", kStricter);
  world.settle(1);
  world.expect_sound();
  world.follow();
  ASSERT_EQ(world.told().size(), 2U);
  EXPECT_EQ(world.told()[0].policy_after, "measures-v1");
  EXPECT_EQ(world.told()[0].later, 3U);
  EXPECT_EQ(world.told()[1].policy_before, "measures-v1");
  EXPECT_EQ(world.told()[1].policy_after, "measures-v2");
  EXPECT_EQ(world.told()[1].earlier, 3U);
  EXPECT_EQ(world.due(kLamp), "2026-03-05T17:00:00+08:00");
  world.expect_sound();
}

TEST(RuleFollower, AVersionThatThisProgramCannotReadChangesNothingAndStaysVisible) {
  RulesWorld world;
  world.publish_policy("measures-v9", kUnreadable);
  world.receive();
  EXPECT_EQ(world.store->rules()->current()->policy.version, "measures-v1");
  EXPECT_TRUE(world.told().empty());
  lists::EntryLists lists(world.writer.connection(), world.vault, kUnit);
  auto const entries = lists::rule_entries(lists);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries.front().edition.error().code, "bad_policy");
  world.expect_sound();
}

TEST(RuleFollower, WhatHasEndedIsCountedByTheRulesUnderWhichItEnded) {
  RulesWorld world;
  world.feed.entry(EntryKind::kTakeBack, kLamp, rules::TakeBack{}, world.clock.truth());
  world.publish_policy("measures-v2", kStricter);
  world.receive();
  EXPECT_EQ(world.told().front().earlier, 2U);
  auto const ended = world.store->file_of(kLamp).value();
  EXPECT_EQ(ended.rules->book_for(ended.state)->policy.version, "measures-v1");
  auto const running = world.store->file_of(kDrain).value();
  EXPECT_EQ(running.rules->book_for(running.state)->policy.version, "measures-v2");
}

TEST(RuleFollower, AnActIsJudgedByTheRulesThatTheFeedHasBrought) {
  RulesWorld world;
  EXPECT_TRUE(world.append(
      world.act(EntryKind::kReturnApplication, kLamp, rules::ReturnApplication{rules::ReturnReason::kNotOurs, {}})));
  world.publish_policy("measures-v3", R"({"version":"measures-v3","limits":{"return":"1h"}})");
  world.clock.advance(std::chrono::hours(3));
  auto const reply = world.timed_reply();
  world.node_time.learn(reply);
  ASSERT_TRUE(world.store->settle(reply));
  auto const late = world.store->append(
      world.act(EntryKind::kReturnApplication, kDrain, rules::ReturnApplication{rules::ReturnReason::kNotOurs, {}}),
      world.node_time.stamp());
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "application_late");
}

}  // namespace
}  // namespace fieldnode::office

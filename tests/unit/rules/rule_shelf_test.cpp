#include "sync/rules/rule_shelf.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sync/rules/calendar_file.h"
#include "sync/rules/civil.h"
#include "sync/rules/clocks.h"
#include "tests/unit/rules/scene.h"

namespace fieldnode::rules {
namespace {

constexpr Epoch kFirstFeed{0xF1};
constexpr Epoch kSecondFeed{0xF2};

Notice notice(std::string_view name) {
  auto const notices = built_in_notices();
  auto const found = std::ranges::find(notices, name, &Notice::name);
  EXPECT_NE(found, notices.end()) << name;
  return *found;
}

/// What was published on or before a day.
RuleBook known_on(std::string_view day) {
  auto notices = built_in_notices();
  auto const last = parse_day(day).value();
  std::erase_if(notices, [last](Notice const& one) { return one.version > last; });
  return rule_book_of(Policy{}, std::move(notices));
}

Book shared(RuleBook book) { return std::make_shared<RuleBook const>(std::move(book)); }

Policy strict_policy() {
  Policy policy;
  policy.version = "measures-v2";
  policy.resolve.count = 3;
  return policy;
}

std::string due_of(AssignmentState const& state, ClockKind kind, RuleBook const& book) {
  auto const clocks = clocks_of(state, book.policy, book.calendar).value();
  return format_moment(*std::ranges::find(clocks, kind, &DeadlineClock::kind)->due());
}

TEST(RuleBookTest, TheChangeOf20190322MovesTheMayDaysOfARunningClock) {
  auto const before = known_on("2018-12-31");
  auto const after = revised(before, notice("2019/2019-03-22"));
  // 28 April and 5 May become working days, 2 to 4 May days off.
  auto const friday = dispatched("2019-04-26T10:00:00+08:00").state();
  EXPECT_EQ(due_of(friday, ClockKind::kContact, before), "2019-05-02T17:00:00+08:00");
  EXPECT_EQ(due_of(friday, ClockKind::kContact, after), "2019-04-30T17:00:00+08:00");
  auto const monday = dispatched("2019-04-29T10:00:00+08:00").state();
  EXPECT_EQ(due_of(monday, ClockKind::kResolve, before), "2019-05-07T17:00:00+08:00");
  EXPECT_EQ(due_of(monday, ClockKind::kResolve, after), "2019-05-08T17:00:00+08:00");
}

TEST(RuleBookTest, TheExtendedSpringFestivalOf2020MovesWhatIsDueInItsDays) {
  auto const before = known_on("2019-12-31");
  auto const after = revised(before, notice("2020/2020-01-27"));
  auto const state = dispatched("2020-01-22T10:00:00+08:00").state();
  EXPECT_EQ(due_of(state, ClockKind::kContact, before), "2020-02-01T17:00:00+08:00");
  EXPECT_EQ(due_of(state, ClockKind::kContact, after), "2020-02-04T17:00:00+08:00");
}

TEST(RuleBookTest, NoticesLieInTheOrderOfTheirPublicationHoweverTheyArrive) {
  auto const bare = known_on("2018-12-01");
  auto const yearly = notice("2019/2018-12-06");
  auto const change = notice("2019/2019-03-22");
  auto const in_order = revised(revised(bare, yearly), change);
  auto const out_of_order = revised(revised(bare, change), yearly);
  EXPECT_EQ(in_order.calendar.version(), out_of_order.calendar.version());
  EXPECT_FALSE(out_of_order.calendar.is_working(parse_day("2019-05-02").value()));
  auto const again = revised(in_order, change);
  EXPECT_EQ(again.calendar.version(), in_order.calendar.version()) << "one notice lies there once";
}

TEST(RuleBookTest, ACitysOverlayLiesOverTheCountrysNotice) {
  auto const country = built_in_rule_book();
  Notice festival{.year = 2026,
                  .version = parse_day("2026-04-01").value(),
                  .region = "厦门",
                  .off = {parse_day("2026-04-20").value()}};
  auto const city = revised(country, festival);
  EXPECT_TRUE(country.calendar.is_working(parse_day("2026-04-20").value()));
  EXPECT_FALSE(city.calendar.is_working(parse_day("2026-04-20").value()));
  EXPECT_EQ(version_of(festival), "2026/2026-04-01/厦门");
}

TEST(RuleBookTest, APolicyTakesThePlaceOfTheOneBeforeAndLeavesTheCalendar) {
  auto const before = built_in_rule_book();
  auto const after = revised(before, strict_policy());
  EXPECT_EQ(after.policy, strict_policy());
  EXPECT_EQ(after.calendar.version(), before.calendar.version());
}

TEST(RuleShelfTest, GivesTheBookThatHeldAtAFeedPosition) {
  auto const first = shared(built_in_rule_book());
  auto const second = shared(revised(*first, strict_policy()));
  RuleShelf shelf(first);
  shelf.add({kFirstFeed, 5}, second);
  EXPECT_EQ(shelf.at({}), first) << "nothing was known";
  EXPECT_EQ(shelf.at({kFirstFeed, 4}), first);
  EXPECT_EQ(shelf.at({kFirstFeed, 5}), second);
  EXPECT_EQ(shelf.current(), second);
  EXPECT_EQ(shelf.up_to({kFirstFeed, 4}).current(), first);
  EXPECT_EQ(shelf.up_to({kFirstFeed, 9}).current(), second);
}

TEST(RuleShelfTest, FollowsAFeedThatGoesOnInAnotherEpoch) {
  auto const first = shared(built_in_rule_book());
  auto const second = shared(revised(*first, strict_policy()));
  RuleShelf shelf(first, EpochOrder({{kFirstFeed, 7}, {kSecondFeed}}));
  shelf.add({kFirstFeed, 5}, second);
  EXPECT_EQ(shelf.at({kSecondFeed, 1}), second);
  EXPECT_EQ(shelf.at({kFirstFeed, 4}), first);
}

TEST(RuleShelfTest, AnEndedCycleKeepsTheRulesUnderWhichItEnded) {
  auto scene = dispatched();
  auto const running = scene.state();
  auto const end = scene.decide(TakeBack{});
  auto const first = shared(built_in_rule_book());
  auto const second = shared(revised(*first, strict_policy()));
  RuleShelf shelf(first);
  shelf.add({end.epoch, end.seq + 1}, second);
  EXPECT_EQ(shelf.book_for(running), second);
  EXPECT_EQ(shelf.book_for(scene.state()), first);
}

TEST(RuleShelfTest, TellsTheCalendarThatANodeKnewWhenItMadeAnAct) {
  auto const first = shared(known_on("2018-12-31"));
  auto const second = shared(revised(*first, notice("2019/2019-03-22")));
  RuleShelf shelf(first);
  shelf.add({kFirstFeed, 3}, second);
  EXPECT_EQ(&shelf.calendar_then({kFirstFeed, 2}), &first->calendar);
  EXPECT_EQ(&shelf.calendar_then({kFirstFeed, 3}), &second->calendar);
}

}  // namespace
}  // namespace fieldnode::rules

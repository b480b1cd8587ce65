#include "sync/rules/calendar.h"

#include <gtest/gtest.h>

#include "sync/base/random.h"
#include "sync/rules/calendar_file.h"
#include "sync/rules/statutory.h"
#include "tests/unit/rules/workday_oracle.h"

namespace fieldnode::rules {
namespace {

using oracle::day;
using std::chrono::days;

Calendar built_in(std::optional<CivilDay> as_of = std::nullopt) { return Calendar(built_in_notices(), as_of); }

TEST(Calendar, AgreesWithTheTableOnEveryDay) {
  auto const calendar = built_in();
  oracle::Workdays const table;
  ASSERT_EQ(calendar.first_day(), day("2018-01-01"));
  ASSERT_EQ(calendar.end_day(), day("2028-01-01"));
  for (auto d = calendar.first_day(); d < calendar.end_day(); d += days(1)) {
    EXPECT_EQ(calendar.is_working(d), table.works(d)) << format_day(d);
  }
}

TEST(Calendar, NamesItsNoticesInTheOrderOfPublication) {
  auto const calendar = built_in(day("2020-01-26"));
  EXPECT_EQ(calendar.notices(),
            (std::vector<std::string>{"2018/2017-11-30", "2019/2018-12-06", "2019/2019-03-22", "2020/2019-11-21"}));
  EXPECT_EQ(calendar.version(), "2018/2017-11-30+2019/2018-12-06+2019/2019-03-22+2020/2019-11-21");
  EXPECT_NE(calendar.version(), built_in(day("2020-01-27")).version());
}

TEST(Calendar, ADayInDecemberMayBeRuledByTheNoticeOfTheNextYear) {
  EXPECT_FALSE(built_in(day("2018-12-05")).is_working(day("2018-12-29")));
  EXPECT_TRUE(built_in(day("2018-12-05")).is_working(day("2018-12-31")));
  EXPECT_TRUE(built_in(day("2018-12-06")).is_working(day("2018-12-29")));
  EXPECT_FALSE(built_in(day("2018-12-06")).is_working(day("2018-12-31")));
  EXPECT_EQ(built_in().ruling(day("2018-12-29")), (DayRuling{true, DayBasis::kNotice, 1}));
}

TEST(Calendar, KnowsOnlyWhatWasPublishedOnThatDay) {
  struct Row {
    char const* as_of;
    char const* day;
    bool works;
  };
  for (auto const& row : {Row{"2019-03-21", "2019-04-28", false}, Row{"2019-03-22", "2019-04-28", true},
                          Row{"2019-03-21", "2019-05-02", true}, Row{"2019-03-22", "2019-05-02", false},
                          Row{"2020-01-26", "2020-02-01", true}, Row{"2020-01-27", "2020-02-01", false},
                          Row{"2020-01-26", "2020-01-31", true}, Row{"2020-01-27", "2020-01-31", false}}) {
    EXPECT_EQ(built_in(day(row.as_of)).is_working(day(row.day)), row.works) << row.as_of << " " << row.day;
  }
}

TEST(Calendar, TheYearAfterTheLastNoticeAndTheDecemberBeforeItAreProvisional) {
  auto const calendar = built_in();
  EXPECT_FALSE(calendar.is_provisional(day("2026-12-20")));
  EXPECT_TRUE(calendar.is_provisional(day("2026-12-21")));
  EXPECT_TRUE(calendar.is_provisional(day("2027-06-01")));
  EXPECT_TRUE(calendar.covers(day("2027-12-31")));
  EXPECT_FALSE(calendar.covers(day("2028-01-01")));
  EXPECT_FALSE(calendar.covers(day("2017-12-31")));
  EXPECT_EQ(calendar.ruling(day("2027-02-05")).basis, DayBasis::kStatute);
}

TEST(Calendar, AnEarlierKnowledgeReachesLessFar) {
  auto const calendar = built_in(day("2019-01-01"));
  EXPECT_TRUE(calendar.covers(day("2020-12-31")));
  EXPECT_FALSE(calendar.covers(day("2021-01-01")));
  EXPECT_TRUE(calendar.is_provisional(day("2019-12-21")));
  EXPECT_FALSE(calendar.is_working(day("2020-01-25")));  // lunar new year by statute, no notice yet
  EXPECT_TRUE(calendar.is_working(day("2020-01-24")));
}

TEST(Calendar, BeforeTheFirstNoticeNothingIsCovered) {
  auto const calendar = built_in(day("2017-11-29"));
  EXPECT_FALSE(calendar.covers(day("2018-01-01")));
  EXPECT_EQ(calendar.version(), "");
  auto const added = calendar.add(day("2018-01-02"), 1);
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, "outside_calendar");
}

TEST(Calendar, StatutoryDaysAgreeWithEveryNotice) {
  auto const calendar = built_in();
  for (int year = 2018; year <= 2026; ++year) {
    for (auto const d : statutory_days_off(year)) {
      EXPECT_FALSE(calendar.is_working(d)) << format_day(d);
      EXPECT_EQ(calendar.ruling(d).basis, DayBasis::kNotice) << format_day(d);
    }
  }
  EXPECT_EQ(statutory_days_off(2024).size(), 11u);
  EXPECT_EQ(statutory_days_off(2025).size(), 13u);
  EXPECT_EQ(statutory_days_off(2020).size(), 10u);  // Mid-Autumn on National Day
  EXPECT_EQ(statutory_days_off(2049).size(), 13u);
}

TEST(Calendar, ALaterNoticeWinsAndARegionLiesOverTheCountry) {
  auto notices = built_in_notices();
  notices.push_back({.year = 2026, .version = day("2026-04-01"), .region = "xiamen", .off = {day("2026-04-20")}});
  notices.push_back(
      {.year = 2026, .version = day("2026-04-10"), .region = "xiamen", .work = {day("2026-04-20"), day("2026-04-25")}});
  EXPECT_TRUE(Calendar(notices).is_working(day("2026-04-20")));
  EXPECT_TRUE(Calendar(notices).is_working(day("2026-04-25")));
  EXPECT_FALSE(Calendar(notices, day("2026-04-09")).is_working(day("2026-04-20")));
  std::swap(notices[notices.size() - 1], notices[notices.size() - 2]);
  EXPECT_FALSE(Calendar(notices).is_working(day("2026-04-20")));
  EXPECT_TRUE(Calendar(notices).version().ends_with("+2026/2026-04-10/xiamen+2026/2026-04-01/xiamen"));
}

TEST(Calendar, OnlyFinalNationalNoticesWithoutAGapCarryTheCalendarOn) {
  auto const reach = [](Notice notice) {
    auto notices = built_in_notices();
    notices.push_back(std::move(notice));
    return format_day(Calendar(notices).end_day());
  };
  auto const version = day("2026-11-05");
  EXPECT_EQ(reach({.year = 2027, .version = version}), "2029-01-01");
  EXPECT_EQ(reach({.year = 2027, .version = version, .region = "xiamen"}), "2028-01-01");
  EXPECT_EQ(reach({.year = 2027, .version = version, .provisional = true}), "2028-01-01");
  EXPECT_EQ(reach({.year = 2028, .version = version}), "2028-01-01");
}

TEST(Calendar, TheNoticeOfTheLastTabledYearEndsTheCalendar) {
  std::vector<Notice> notices;
  for (int year = 2018; year <= 2049; ++year) notices.push_back({.year = year, .version = day("2017-11-30")});
  EXPECT_EQ(format_day(Calendar(notices).end_day()), "2050-01-01");
}

TEST(Calendar, AddAndBetweenAgreeWithCountingDayByDay) {
  auto const calendar = built_in();
  oracle::Workdays const table;
  auto const seed = oracle::seed_of_run();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  SeededRandom random(seed);
  for (int round = 0; round < 2000; ++round) {
    auto const from = calendar.first_day() + days(400 + random.below(2500));
    auto const count = static_cast<std::int64_t>(random.below(300)) - 150;
    auto expected = from;
    for (auto left = count; left != 0;) {
      expected += days(left > 0 ? 1 : -1);
      if (table.works(expected)) left += left > 0 ? -1 : 1;
    }
    auto const added = calendar.add(from, count);
    ASSERT_TRUE(added);
    ASSERT_EQ(format_day(*added), format_day(expected)) << format_day(from) << " " << count;
    ASSERT_EQ(*calendar.between(from, expected), count) << format_day(from) << " " << format_day(expected);
  }
}

TEST(Calendar, BetweenAddsUpAndTurnsItsSign) {
  auto const calendar = built_in();
  auto const seed = oracle::seed_of_run();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  SeededRandom random(seed);
  auto const any = [&] { return calendar.first_day() + days(random.below(3652)); };
  for (int round = 0; round < 2000; ++round) {
    auto const a = any(), b = any(), c = any();
    if (calendar.is_working(a) && calendar.is_working(b) && calendar.is_working(c)) {
      ASSERT_EQ(*calendar.between(a, b) + *calendar.between(b, c), *calendar.between(a, c));
      ASSERT_EQ(*calendar.between(a, b), -*calendar.between(b, a));
      ASSERT_EQ(*calendar.add(a, *calendar.between(a, b)), b);
    }
  }
}

TEST(Calendar, CountsBeyondItsEndsAreRefusedHoweverLarge) {
  auto const calendar = built_in();
  for (std::int64_t const count : {std::int64_t{3000}, INT64_MAX, std::int64_t{-3000}, INT64_MIN}) {
    auto const added = calendar.add(day("2026-03-02"), count);
    ASSERT_FALSE(added) << count;
    EXPECT_EQ(added.error().code, "outside_calendar");
    EXPECT_NE(added.error().sentence.find("2018-01-01 to 2027-12-31"), std::string::npos) << added.error().sentence;
  }
  EXPECT_FALSE(calendar.add(day("2017-12-31"), 1));
  EXPECT_FALSE(calendar.between(day("2026-03-02"), day("2028-01-01")));
  EXPECT_EQ(format_day(*calendar.add(day("2027-12-30"), 1)), "2027-12-31");
  EXPECT_FALSE(calendar.add(day("2027-12-31"), 1));
  EXPECT_EQ(*calendar.add(day("2026-03-07"), 0), day("2026-03-07"));
}

}  // namespace
}  // namespace fieldnode::rules

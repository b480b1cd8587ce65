#include "sync/rules/civil.h"

#include <gtest/gtest.h>

namespace fieldnode::rules {
namespace {

TEST(Civil, MomentsOfEveryOffsetNameTheSameInstant) {
  for (auto const* text : {"2026-10-10T17:00:00+08:00", "2026-10-10T17:00", "2026-10-10T17:00:00", "2026-10-10T09:00Z",
                           "2026-10-10T09:00:00.000Z", "2026-10-10T04:00:00-05:00", "2026-10-10T14:30+05:30",
                           "2026-10-09T23:00:00-10:00", "2026-10-10T17:00:00.999999999+08:00"}) {
    auto const t = parse_moment(text);
    ASSERT_TRUE(t) << text;
    EXPECT_EQ(format_moment(*t), "2026-10-10T17:00:00+08:00") << text;
  }
}

TEST(Civil, FractionsAreKeptToMilliseconds) {
  EXPECT_EQ(ms_of(*parse_moment("1970-01-01T00:00:00.5Z")), 500);
  EXPECT_EQ(ms_of(*parse_moment("1970-01-01T00:00:00.07Z")), 70);
  EXPECT_EQ(ms_of(*parse_moment("1970-01-01T00:00:00.123999Z")), 123);
}

TEST(Civil, NonsenseIsNoMoment) {
  for (auto const* text : {"",
                           "now",
                           "2026-10-10",
                           "2026-10-10T",
                           "2026-10-10T17",
                           "2026-10-10T17:0",
                           "2026-10-10 17:00",
                           "2026-10-10t17:00",
                           "2026-10-10T17:00z",
                           "2026-10-10T24:00",
                           "2026-10-10T24:00:00",
                           "2026-10-10T17:60",
                           "2026-10-10T17:00:60",
                           "2026-10-10T17:00:00.",
                           "2026-10-10T17:00:00.1234567890",
                           "2026-10-10T17:00:00,5",
                           "2026-02-29T10:00",
                           "2026-13-01T10:00",
                           "2026-00-01T10:00",
                           "2026-01-00T10:00",
                           "2026-04-31T10:00",
                           "2026-10-10T17:00+8",
                           "2026-10-10T17:00+08",
                           "2026-10-10T17:00+0800",
                           "2026-10-10T17:00+24:00",
                           "2026-10-10T17:00+08:60",
                           "2026-10-10T17:00+08:00 ",
                           " 2026-10-10T17:00",
                           "2026-10-10T17:00+08:00Z",
                           "26-10-10T17:00",
                           "+2026-10-10T17:00",
                           "-026-10-10T17:00",
                           "2026/10/10T17:00",
                           "20261010T170000",
                           "2026-1-1T1:1",
                           "1791622800",
                           "2026-10-10T-1:00",
                           "２０２６-10-10T17:00"}) {
    auto const t = parse_moment(text);
    ASSERT_FALSE(t) << text;
    EXPECT_EQ(t.error().code, "bad_moment") << text;
  }
}

TEST(Civil, ARefusalSaysWhatIsWrongAndDoesNotCarryTheWholeInput) {
  EXPECT_NE(parse_moment("2026-10-10").error().sentence.find("time of day is missing"), std::string::npos);
  auto const sentence = parse_moment(std::string(10'000, 'x')).error().sentence;
  EXPECT_LT(sentence.size(), 300u);
  EXPECT_EQ(parse_moment("\x1b[2J").error().sentence.find('\x1b'), std::string::npos);
}

TEST(Civil, DaysAreReadAndWritten) {
  EXPECT_EQ(format_day(*parse_day("2024-02-29")), "2024-02-29");
  EXPECT_EQ(format_day(civil_day(2026, 1, 2)), "2026-01-02");
  for (auto const* text : {"", "2026-02-29", "2026-1-1", "2026-10-10T17:00", "2026-10-101", "20261010", "2026-10"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

TEST(Civil, TheDayIsTheDayInPlusEightAlsoBefore1970AndUnderOldDaylightSaving) {
  EXPECT_EQ(format_day(day_of(*parse_moment("2026-03-02T16:30Z"))), "2026-03-03");
  EXPECT_EQ(format_day(day_of(*parse_moment("1969-12-31T15:59:59.999Z"))), "1969-12-31");
  EXPECT_EQ(format_moment(*parse_moment("1988-07-01T02:00Z")), "1988-07-01T10:00:00+08:00");
  EXPECT_EQ(time_of_day(*parse_moment("2026-03-02T00:00")), Milliseconds(0));
}

}  // namespace
}  // namespace fieldnode::rules

#include "sync/rules/limit.h"

#include <gtest/gtest.h>

namespace fieldnode::rules {
namespace {

TEST(Limit, EveryUnitIsReadAndWritten) {
  EXPECT_EQ(*parse_limit("2h"), (Limit{2, LimitUnit::kHours}));
  EXPECT_EQ(*parse_limit("2wh"), (Limit{2, LimitUnit::kWorkingHours}));
  EXPECT_EQ(*parse_limit("5wd"), (Limit{5, LimitUnit::kWorkingDays}));
  EXPECT_EQ(*parse_limit("7cd"), (Limit{7, LimitUnit::kCalendarDays}));
  EXPECT_EQ(*parse_limit("4294967295h"), (Limit{4294967295u, LimitUnit::kHours}));
  for (auto const* text : {"2h", "2wh", "5wd", "7cd"}) EXPECT_EQ(format_limit(*parse_limit(text)), text);
}

TEST(Limit, NonsenseIsNoLimit) {
  for (auto const* text : {"",
                           "5",
                           "wd",
                           "5d",
                           "5 wd",
                           " 5wd",
                           "5wd ",
                           "0wd",
                           "0h",
                           "00cd",
                           "-5wd",
                           "+5wd",
                           "1.5h",
                           "5WD",
                           "5wdx",
                           "5wd5wd",
                           "0x5wd",
                           "4294967296h",
                           "99999999999999999999wd",
                           "５wd",
                           "5工作日"}) {
    auto const limit = parse_limit(text);
    ASSERT_FALSE(limit) << text;
    EXPECT_EQ(limit.error().code, "bad_limit") << text;
  }
}

}  // namespace
}  // namespace fieldnode::rules

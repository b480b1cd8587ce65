#include "node/web/rule_views.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace fieldnode::web {
namespace {

TEST(RuleViews, ABookIsToldByItsLimitsAndItsNotices) {
  auto const view = book_view(rules::built_in_rule_book());
  EXPECT_EQ(view.at("policy").at("version").as_string(), "measures-v1");
  EXPECT_EQ(view.at("policy").at("limits").at("acknowledge").as_string(), "2h");
  EXPECT_EQ(view.at("policy").at("limits").at("resolve").as_string(), "5wd");
  auto const& calendar = view.at("calendar");
  EXPECT_EQ(calendar.at("notices").as_array().front().as_string(), "2018/2017-11-30");
  EXPECT_EQ(calendar.at("first_day").as_string(), "2018-01-01");
  EXPECT_EQ(calendar.at("provisional_from").as_string(), "2026-12-21");
  EXPECT_EQ(calendar.at("last_day").as_string(), "2027-12-31");
}

TEST(RuleViews, CalendarsAreToldApartByWhatOneHasAndTheOtherHasNot) {
  rules::RulesApplied const applied{.policy_before = "measures-v1",
                                    .policy_after = "measures-v2",
                                    .calendar_before = "2025/2024-11-12+2026/2025-11-04",
                                    .calendar_after = "2026/2025-11-04+2026/2026-04-01/厦门",
                                    .earlier = 1,
                                    .later = 20,
                                    .overdue = 3};
  EXPECT_EQ(boost::json::serialize(applied_view(applied)),
            R"({"policy_before":"measures-v1","policy_after":"measures-v2","notices_added":["2026/2026-04-01/厦门"],)"
            R"("notices_gone":["2025/2024-11-12"],"earlier":1,"later":20,"overdue":3})");
}

TEST(RuleViews, NoCalendarHasNoNotices) {
  EXPECT_TRUE(applied_view({}).at("notices_added").as_array().empty());
  EXPECT_TRUE(applied_view({}).at("notices_gone").as_array().empty());
}

}  // namespace
}  // namespace fieldnode::web

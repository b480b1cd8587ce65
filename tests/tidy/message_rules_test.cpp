#include "tests/tidy/message_rules.h"

#include <gtest/gtest.h>

namespace fieldnode::tidy {
namespace {

Tree with_messages(std::string const& chinese, std::string const& english) {
  return {{"ui-web/src/app.tsx", ""}, {"ui-web/messages/zh-CN.json", chinese}, {"ui-web/messages/en.json", english}};
}

TEST(Messages, EqualKeysAndPlaceholdersPass) {
  EXPECT_EQ(report(check_messages(with_messages(R"({"due":"还有{days}天"})", R"({"due":"{days} days left"})"))), "");
}

TEST(Messages, AMissingFileIsRefusedOnceThereArePages) {
  EXPECT_EQ(report(check_messages({{"ui-web/CMakeLists.txt", ""}})), "");
  EXPECT_NE(report(check_messages({{"ui-web/src/app.tsx", ""}})), "");
}

TEST(Messages, APagesOwnWordsComeInBothLanguages) {
  auto tree = with_messages(R"({"due":"期"})", R"({"due":"due"})");
  tree["ui-web/messages/central.zh-CN.json"] = R"({"rule":"裁定"})";
  EXPECT_NE(report(check_messages(tree)), "");
  tree["ui-web/messages/central.en.json"] = R"({"ruling":"Rule"})";
  EXPECT_NE(report(check_messages(tree)), "");
  tree["ui-web/messages/central.en.json"] = R"({"rule":"Rule"})";
  EXPECT_EQ(report(check_messages(tree)), "");
}

class UnequalMessages : public testing::TestWithParam<std::pair<std::string, std::string>> {};
TEST_P(UnequalMessages, AreRefused) {
  auto const& [chinese, english] = GetParam();
  EXPECT_NE(report(check_messages(with_messages(chinese, english))), "");
}
INSTANTIATE_TEST_SUITE_P(Table, UnequalMessages,
                         testing::Values(std::pair(R"({"a":"甲","b":"乙"})", R"({"a":"A"})"),
                                         std::pair(R"({"a":"甲"})", R"({"a":"A","b":"B"})"),
                                         std::pair(R"({"a":"{n}天"})", R"({"a":"{m} days"})"),
                                         std::pair(R"({"a":""})", R"({"a":"A"})"),
                                         std::pair(R"({"a":{"b":"乙"}})", R"({"a":{"b":"B"}})"),
                                         std::pair(R"({"a":"甲","a":"乙"})", R"({"a":"A"})"),
                                         std::pair(R"({"a":"甲",})", R"({"a":"A"})")));

}  // namespace
}  // namespace fieldnode::tidy

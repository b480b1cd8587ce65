#include "tests/tidy/cpp_text.h"

#include <gtest/gtest.h>

namespace fieldnode::tidy {
namespace {

TEST(CppText, CommentsAndLiteralsBecomeBlanksAndLinesStay) {
  EXPECT_EQ(code_only("a; // time(0)\nb;"), "a;           \nb;");
  EXPECT_EQ(code_only("a /* x\ny */ b"), "a     \n     b");
  EXPECT_EQ(code_only("f(\"a\\\"b\") c"), "f(      ) c");
  EXPECT_EQ(code_only("'\"' x"), "    x");
}

TEST(CppText, RawStringsEndWhereTheirOwnMarkEnds) {
  EXPECT_EQ(code_only("R\"(a\"b)\" c"), "         c");
  EXPECT_EQ(code_only("R\"q(a)\" b)q\" c"), "             c");
}

TEST(CppText, DigitMarksAreNoLiterals) { EXPECT_EQ(code_only("1'000'000 + x"), "1'000'000 + x"); }

TEST(CppText, IncludesKeepPathFormAndLine) {
  auto const includes = includes_of("#pragma once\n#include <a/b.h>\n// #include <no.h>\n#include \"c.h\"\n");
  ASSERT_EQ(includes.size(), 2U);
  EXPECT_EQ(includes[0].path, "a/b.h");
  EXPECT_TRUE(includes[0].angled);
  EXPECT_EQ(includes[0].line, 2U);
  EXPECT_EQ(includes[1].path, "c.h");
  EXPECT_FALSE(includes[1].angled);
  EXPECT_EQ(includes[1].line, 4U);
}

Mention only(std::string_view code, std::string_view name) {
  for (auto const& mention : mentions_of(code)) {
    if (mention.name == name) return mention;
  }
  ADD_FAILURE() << name << " is not mentioned";
  return {};
}

TEST(CppText, AMentionKnowsWhatStandsAroundIt) {
  EXPECT_TRUE(only("x = time (0)", "time").called);
  EXPECT_FALSE(only("x = time;", "time").called);
  EXPECT_TRUE(only("row.time()", "time").member);
  EXPECT_TRUE(only("row->time()", "time").member);
  EXPECT_EQ(only("std::time(0)", "time").qualifier, "std");
  EXPECT_TRUE(only("::time(0)", "time").qualified);
  EXPECT_EQ(only("= ::time(0)", "time").qualifier, "");
  EXPECT_TRUE(only("UtcTime time() const;", "time").declared);
  EXPECT_TRUE(only("UtcTime a::Trusted::time() const {", "time").declared);
  EXPECT_FALSE(only("return time(0);", "time").declared);
  EXPECT_FALSE(only("return a::B::time(0);", "time").declared);
  EXPECT_FALSE(only("return ::time(0);", "time").declared);
}

}  // namespace
}  // namespace fieldnode::tidy

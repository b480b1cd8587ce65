#include "node/sheet/csv.h"

#include <gtest/gtest.h>

namespace fieldnode::sheet {
namespace {

std::string line_of(Cell cell) {
  auto const text = csv_of({"s", {{"h"}}, {{std::move(cell)}}});
  return text.substr(3 + 3);  // the mark, the heading's line
}

TEST(Csv, BeginsWithAMarkAndEndsItsLines) {
  EXPECT_EQ(csv_of({"s", {{"单位"}, {"数"}}, {{std::string("滨湖"), std::int64_t{3}}}}),
            "\xEF\xBB\xBF单位,数\r\n滨湖,3\r\n");
}

TEST(Csv, EachKindOfCellHasItsForm) {
  EXPECT_EQ(line_of({}), "\r\n");
  EXPECT_EQ(line_of(std::int64_t{-7}), "-7\r\n") << "a number is no formula";
  EXPECT_EQ(line_of(Share{0.9333}), "93.3%\r\n");
  EXPECT_EQ(line_of(utc_from_ms(1'791'421'200'000)), "2026-10-08 09:00\r\n");
}

TEST(Csv, WordsAreQuotedWhereTheyMustBe) {
  EXPECT_EQ(line_of(std::string("a,b")), "\"a,b\"\r\n");
  EXPECT_EQ(line_of(std::string("say \"no\"")), "\"say \"\"no\"\"\"\r\n");
  EXPECT_EQ(line_of(std::string("two\nlines")), "\"two\nlines\"\r\n");
}

TEST(Csv, NoWordsAreAFormula) {
  for (std::string const start : {"=", "+", "-", "@", "\t"}) {
    EXPECT_EQ(line_of(start + "cmd|' /C calc'!A0"), "'" + start + "cmd|' /C calc'!A0\r\n");
  }
  EXPECT_EQ(line_of(std::string("\r=1")), "\"'\r=1\"\r\n");
  EXPECT_EQ(line_of(std::string("1=1")), "1=1\r\n");
}

}  // namespace
}  // namespace fieldnode::sheet

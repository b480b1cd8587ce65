#include "node/central/import/plain_text.h"

#include <gtest/gtest.h>

namespace fieldnode::central {
namespace {

TEST(PlainText, WellFormedUtf8IsKnown) {
  for (std::string_view good : {"", "abc", "诉求", "é", "\xF0\x9F\x98\x80", "\xEF\xBF\xBD"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
}

TEST(PlainText, IllFormedUtf8IsKnown) {
  // Lone continuation, overlong, surrogate, beyond U+10FFFF, cut at the end, the mark of an undecodable byte.
  for (std::string_view bad :
       {"\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "a\xE8\xAF", "\xFF"}) {
    EXPECT_FALSE(is_utf8(bad));
    EXPECT_TRUE(is_utf8(shown_as_utf8(bad)));
  }
  EXPECT_EQ(shown_as_utf8("a\xFF诉"), "a\xEF\xBF\xBD诉");
}

TEST(PlainText, BlanksOfBothWidthsAreTrimmed) {
  EXPECT_EQ(trimmed(" \t\xE3\x80\x80 诉 求\xC2\xA0\r\n"), "诉 求");
  EXPECT_EQ(trimmed("\xE3\x80\x80"), "");
}

TEST(PlainText, FullWidthBecomesHalfWidth) {
  EXPECT_EQ(half_width("１３８－００１３ＡＢｚ～（）诉\xE3\x80\x80求"), "138-0013ABz~()诉 求");
  EXPECT_EQ(half_width("！"), "!");
  EXPECT_EQ(half_width("\xEF\xBD\x9F"), "\xEF\xBD\x9F") << "U+FF5F has no ASCII form";
}

TEST(PlainText, CodesComeOutOfExcelsWrapping) {
  EXPECT_EQ(tidy_code("\t13800138000"), "13800138000");
  EXPECT_EQ(tidy_code("=\"00123\""), "00123");
  EXPECT_EQ(tidy_code("="), "=");
  EXPECT_EQ(tidy_code("=\""), "=\"");
}

TEST(PlainText, SpreadsheetNumbersAreKnown) {
  for (auto mangled : {"1.38E+10", "1.01002E+11", "1E+20", "2.02403e+19"}) EXPECT_TRUE(is_spreadsheet_number(mangled));
  for (auto sound : {"13800138000", "E+10", "1.38E", "1.38E+", "1E10", "A1E+10", "1.38E+1x", "", ".E+1"}) {
    EXPECT_FALSE(is_spreadsheet_number(sound)) << sound;
  }
}

TEST(PlainText, CharactersAreCountedNotBytes) {
  EXPECT_EQ(first_characters("诉求内容", 2), "诉求");
  EXPECT_EQ(first_characters("ab", 5), "ab");
}

}  // namespace
}  // namespace fieldnode::central

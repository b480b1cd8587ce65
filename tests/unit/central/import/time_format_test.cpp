#include "node/central/import/time_format.h"

#include <gtest/gtest.h>

namespace fieldnode::central {
namespace {

struct Row {
  char const* pattern;
  char const* text;
  std::int64_t ms;  ///< of the wall clock, as if it were UTC
};

Row const kRead[] = {
    {"%Y-%m-%dT%H:%M:%S", "2015-08-01T00:16:54", 1438388214000},
    {"%Y/%m/%d %H:%M", "2015/8/1 0:16", 1438388160000},
    {"%Y-%m-%d", "2015-08-01", 1438387200000},
    {"%Y年%m月%d日 %H:%M", "2015年8月1日   00:16", 1438388160000},
    {"%m/%d/%Y %I:%M:%S %p", "08/01/2015 12:16:54 AM", 1438388214000},
    {"%m/%d/%Y %I:%M:%S %p", "08/01/2015 12:16:54 pm", 1438431414000},
    {"%m/%d/%Y %I:%M:%S %p", "08/01/2015 01:16:54 PM", 1438435014000},
    {"%Y-%m-%d %H:%M:%S.%f", "2015-08-01 00:16:54.1239", 1438388214123},
    {"%Y%m%d%H%M%S", "20150801001654", 1438388214000},
    {"%Y-%m-%d 100%%", "2015-08-01 100%", 1438387200000},
    {"%Y-%m-%d", "2016-02-29", 1456704000000},
};

TEST(TimeFormat, ReadsTimesAsSystemsWriteThem) {
  for (auto const& row : kRead) {
    auto const format = TimeFormat::parse(row.pattern);
    ASSERT_TRUE(format) << format.error().sentence;
    auto const written = format->read(row.text);
    ASSERT_TRUE(written) << row.text;
    EXPECT_EQ(written->local.time_since_epoch().count(), row.ms) << row.text;
    EXPECT_FALSE(written->offset);
  }
}

TEST(TimeFormat, RefusesWhatIsNoSuchTime) {
  auto const format = TimeFormat::parse("%Y-%m-%dT%H:%M:%S").value();
  for (auto text :
       {"", "2015-08-01", "2015-08-01T00:16", "2015-08-01T00:16:54Z", "15-08-01T00:16:54", "2015-13-01T00:00:00",
        "2015-02-29T00:00:00", "2015-08-00T00:00:00", "2015-08-01T24:00:00", "2015-08-01T00:60:00",
        "2015-08-01T00:00:60", "2015-08-01 00:16:54", "42217.5", "-015-08-01T00:00:00"}) {
    EXPECT_FALSE(format.read(text)) << text;
  }
  EXPECT_FALSE(TimeFormat::parse("%Y-%m-%d %I %p")->read("2015-08-01 13 PM"));
  EXPECT_FALSE(TimeFormat::parse("%Y-%m-%d %I %p")->read("2015-08-01 0 PM"));
}

TEST(TimeFormat, OffsetsAreRead) {
  auto const format = TimeFormat::parse("%Y-%m-%dT%H:%M:%S%z").value();
  EXPECT_EQ(format.read("2015-08-01T00:16:54Z")->offset, std::chrono::minutes(0));
  EXPECT_EQ(format.read("2015-08-01T00:16:54+08:00")->offset, std::chrono::minutes(480));
  EXPECT_EQ(format.read("2015-08-01T00:16:54-0430")->offset, std::chrono::minutes(-270));
  EXPECT_FALSE(format.read("2015-08-01T00:16:54"));
  EXPECT_FALSE(format.read("2015-08-01T00:16:54+8"));
}

TEST(TimeFormat, WrongPatternsAreRefused) {
  for (auto pattern : {"", "%Y-%m", "%Y-%m-%d %q", "%Y-%m-%d %", "%Y-%m-%d %Y", "%Y-%m-%d %I:%M", "%Y-%m-%d %H %p",
                       "%Y-%m-%d %H %I %p"}) {
    auto const format = TimeFormat::parse(pattern);
    ASSERT_FALSE(format) << pattern;
    EXPECT_EQ(format.error().code, "bad_time_format");
  }
}

}  // namespace
}  // namespace fieldnode::central

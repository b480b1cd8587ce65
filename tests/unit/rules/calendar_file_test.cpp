#include "sync/rules/calendar_file.h"

#include <gtest/gtest.h>

namespace fieldnode::rules {
namespace {

struct BadFile {
  char const* text;
  char const* says;  ///< what the sentence must hold
};

void expect_refused(BadFile const& row) {
  auto const notice = parse_notice(row.text, "city.json");
  ASSERT_FALSE(notice) << row.text;
  EXPECT_EQ(notice.error().code, "bad_calendar");
  EXPECT_NE(notice.error().sentence.find("city.json"), std::string::npos) << notice.error().sentence;
  EXPECT_NE(notice.error().sentence.find(row.says), std::string::npos) << notice.error().sentence;
}

TEST(CalendarFile, ReadsWhatItDescribes) {
  auto const notice = parse_notice(
      R"({"year": 2026, "version": "2026-04-01", "region": "厦门", "provisional": true, "source": "paper",
          "off": ["2026-04-21", "2025-12-21"], "work": ["2026-04-25"]})",
      "city.json");
  ASSERT_TRUE(notice) << notice.error().sentence;
  EXPECT_EQ(*notice, (Notice{.year = 2026,
                             .version = civil_day(2026, 4, 1),
                             .region = "厦门",
                             .provisional = true,
                             .source = "paper",
                             .off = {civil_day(2025, 12, 21), civil_day(2026, 4, 21)},
                             .work = {civil_day(2026, 4, 25)}}));
  EXPECT_EQ(notice->name(), "2026/2026-04-01/厦门");
}

TEST(CalendarFile, BuiltInNoticesAreElevenAndInOrder) {
  auto const notices = built_in_notices();
  ASSERT_EQ(notices.size(), 11u);
  EXPECT_EQ(notices.front().name(), "2018/2017-11-30");
  EXPECT_EQ(notices.back().name(), "2026/2025-11-04");
  EXPECT_TRUE(notices.at(4).work.empty());
  for (auto const& notice : notices) EXPECT_FALSE(notice.source.empty());
}

TEST(CalendarFile, DaysThatCannotBeAreRefusedWithTheirPlace) {
  for (auto const& row : {
           BadFile{R"({"year":2026,"version":"2026-01-01","off":["2026-02-30"],"work":[]})", "off[0]"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":[],"work":["2026-01-04","4 January"]})", "work[1]"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":[20260101],"work":[]})", "off[0]"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":["2026-01-04"],"work":["2026-01-04"]})",
                   "work[0]: 2026-01-04 already stands in off[0]"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":["2026-01-04","2026-01-05","2026-01-04"],"work":[]})",
                   "off[2]: 2026-01-04 already stands in off[0]"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":["2025-12-20"],"work":[]})", "2025-12-21"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":["2027-01-01"],"work":[]})",
                   "not for a notice of 2026"},
       }) {
    expect_refused(row);
  }
}

TEST(CalendarFile, FieldsThatCannotBeAreRefusedWithTheirName) {
  for (auto const& row : {
           BadFile{R"({"version":"2026-01-01","off":[],"work":[]})", "year: this field is missing"},
           BadFile{R"({"year":2026,"off":[],"work":[]})", "version: this field is missing"},
           BadFile{R"({"year":2026,"version":"2026-01-01","work":[]})", "off: this field is missing"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":[]})", "work: this field is missing"},
           BadFile{R"({"year":"2026","version":"2026-01-01","off":[],"work":[]})", "year: must be a whole number"},
           BadFile{R"({"year":2017,"version":"2026-01-01","off":[],"work":[]})", "from 2018 to 2049"},
           BadFile{R"({"year":2050,"version":"2026-01-01","off":[],"work":[]})", "from 2018 to 2049"},
           BadFile{R"({"year":1e400,"version":"2026-01-01","off":[],"work":[]})", "city.json"},
           BadFile{R"({"year":99999999999999999999,"version":"2026-01-01","off":[],"work":[]})", "year"},
           BadFile{R"({"year":2026,"version":"yesterday","off":[],"work":[]})", "version: must be the day"},
           BadFile{R"({"year":2026,"version":20260101,"off":[],"work":[]})", "version: must be a text"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":{},"work":[]})", "off: must be a list"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":null,"work":[]})", "off: must be a list"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":[],"work":[],"offs":[]})",
                   "offs: this field is unknown"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":[],"work":[],"region":""})", "region"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":[],"work":[],"region":"a+b"})", "region"},
           BadFile{R"({"year":2026,"version":"2026-01-01","off":[],"work":[],"provisional":1})", "provisional"},
       }) {
    expect_refused(row);
  }
}

TEST(CalendarFile, TextThatIsNoJsonIsRefusedWithItsLine) {
  for (auto const& row : {
           BadFile{"", "line 1"},
           BadFile{"[]", "one JSON object"},
           BadFile{"2026", "one JSON object"},
           BadFile{"{\n\"year\": 2026,\n}", "line 3"},
           BadFile{"{\n\"year\": 2026,\n\"off\": [],\n\"off\": [\"2026-04-20\"]}",
                   "line 4: the key \"off\" stands here twice"},
           BadFile{"{} {}", "something follows"},
           BadFile{"{\"year\": 2026", "line 1"},
           BadFile{"{\"region\": \"\xff\xfe\"}", "line 1"},
           BadFile{"\xef\xbb\xbf{}", "line 1"},
           BadFile{"// calendar\n{}", "line 1"},
       }) {
    expect_refused(row);
  }
}

TEST(CalendarFile, DepthAndSizeAreBounded) {
  std::string const deep = R"({"off":)" + std::string(100'000 / 2, '[');
  EXPECT_NE(parse_notice(deep, "deep.json").error().sentence.find("line 1"), std::string::npos);
  std::string const large(1 << 20, ' ');
  EXPECT_NE(parse_notice(large, "large.json").error().sentence.find("more than the 65536"), std::string::npos);
  std::string many = R"({"year":2026,"version":"2026-01-01","work":[],"off":["2026-01-01")";
  for (int i = 0; i < 400; ++i) many += R"(,"2026-01-01")";
  EXPECT_NE(parse_notice(many + "]}", "many.json").error().sentence.find("at most 377"), std::string::npos);
}

}  // namespace
}  // namespace fieldnode::rules

#include "node/office/due_command.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "node/office/commands.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;
using cli::kExitBadInput;
using cli::kExitDone;

struct Outcome {
  int code;
  std::string out;
  std::string err;

  [[nodiscard]] json::object answer() const { return json::parse(out).as_object(); }
  [[nodiscard]] std::string field(char const* key) const { return std::string(answer().at(key).as_string()); }
  [[nodiscard]] json::array reasons() const { return answer().at("reasons").as_array(); }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> found;
    for (auto const& reason : reasons()) found.emplace_back(reason.at("code").as_string());
    return found;
  }
};

Outcome run(std::vector<std::string> const& args, bool chinese = false) {
  std::ostringstream out, err;
  int const code = cli::run(program(), args, {out, err, chinese});
  return {code, out.str(), err.str()};
}

/// `line` as typed after `fieldnode due`, split at blanks.
std::vector<std::string> words(std::string const& line) {
  std::istringstream in("due " + line);
  return {std::istream_iterator<std::string>(in), {}};
}
Outcome due(std::string const& line) { return run(words(line)); }

/// A calendar file of one test; gone with it.
class NoticeFile {
 public:
  explicit NoticeFile(std::string const& text)
      : path_(testing::TempDir() + "notice-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + ".json") {
    std::ofstream(path_) << text;
  }
  ~NoticeFile() { std::remove(path_.c_str()); }
  NoticeFile(NoticeFile const&) = delete;
  NoticeFile& operator=(NoticeFile const&) = delete;
  [[nodiscard]] std::string option() const { return " --calendar " + path_; }

 private:
  std::string path_;
};

struct Row {
  char const* line;
  char const* due;
  char const* limit;
};

TEST(DueCommand, AnswersByWhen) {
  for (auto const& row : {
           Row{"--from 2026-09-29T15:00:00+08:00 --limit 3wd", "2026-10-09T17:00:00+08:00", "3wd"},
           Row{"--from 2026-09-30T16:59 --limit 3wd", "2026-10-10T17:00:00+08:00", "3wd"},
           Row{"--from 2026-09-29T07:00:00Z --limit 2h", "2026-09-29T17:00:00+08:00", "2h"},
           Row{"--from 2026-03-02T17:00 --limit 2wh", "2026-03-03T11:00:00+08:00", "2wh"},
           Row{"--from 2026-09-28T10:00 --limit 5wd --limit 7cd", "2026-10-08T17:00:00+08:00", "7cd"},
           Row{"--from 2026-03-02T10:00 --limit 7cd --limit 5wd", "2026-03-09T17:00:00+08:00", "7cd"},
           Row{"--from 2026-03-06T16:00 --limit 5wd --limit 24h", "2026-03-07T16:00:00+08:00", "24h"},
           Row{"--from 2026-03-02T10:00 --limit 5wd --extension 5wd --extension 3wd", "2026-03-19T17:00:00+08:00",
               "5wd"},
           Row{"--from 2026-03-02T10:00 --limit 40h --limit 5wd --limit 3wd --extension 5wd",
               "2026-03-04T02:00:00+08:00", "40h"},
           Row{"--from 2026-03-02T10:00 --limit 5wd --limit 6wd --extension 5wd", "2026-03-10T17:00:00+08:00", "6wd"},
           Row{"--from 2026-03-02T10:00 --limit 5wd --pause 2026-03-04T14:00/2026-03-06T14:00",
               "2026-03-11T17:00:00+08:00", "5wd"},
           Row{"--from 2026-03-02T10:00 --limit 2h --pause 2026-03-02T11:00/2026-03-02T11:30 "
               "--pause 2026-03-02T11:20/2026-03-02T11:40",
               "2026-03-02T12:40:00+08:00", "2h"},
           Row{"--from 2020-01-22T10:00 --limit 5wd", "2020-02-06T17:00:00+08:00", "5wd"},
           Row{"--from 2020-01-22T10:00 --limit 5wd --as-of 2020-01-26", "2020-02-04T17:00:00+08:00", "5wd"},
           Row{"--from 2019-04-23T10:00 --limit 5wd --as-of 2018-12-06", "2019-04-30T17:00:00+08:00", "5wd"},
           Row{"--from 2018-12-28T10:00 --limit 1wd", "2018-12-29T17:00:00+08:00", "1wd"},
           Row{"--from=2026-03-02T10:00 --limit=1wd --day-end=close", "2026-03-03T17:00:00+08:00", "1wd"},
       }) {
    auto const found = due(std::string(row.line) + " --json");
    ASSERT_EQ(found.code, kExitDone) << row.line << "\n" << found.err;
    EXPECT_EQ(found.field("due"), row.due) << row.line;
    EXPECT_EQ(found.field("limit"), row.limit) << row.line;
    EXPECT_EQ(found.err, "");
  }
}

TEST(DueCommand, TheJsonHasItsFieldsInOrder) {
  auto const found = due("--json --from 2026-09-29T15:00 --limit 3wd");
  std::vector<std::string> keys;
  for (auto const& field : found.answer()) keys.emplace_back(field.key());
  EXPECT_EQ(keys, (std::vector<std::string>{"due", "limit", "provisional", "last_day", "reasons"}));
  EXPECT_EQ(found.field("last_day"), "2026-10-09");
  EXPECT_FALSE(found.answer().at("provisional").as_bool());
  for (auto const& reason : found.reasons()) {
    auto const& fields = reason.as_object();
    EXPECT_FALSE(fields.at("text").as_string().empty());
    EXPECT_NE(fields.contains("date"), fields.contains("from") && fields.contains("to"));
  }
}

TEST(DueCommand, ReasonsSayWhichDaysWereCounted) {
  using Codes = std::vector<std::string>;
  auto const national_day = due("--json --from 2026-09-30T16:59 --limit 3wd");
  EXPECT_EQ(national_day.codes(), (Codes{"start_day_not_counted", "days_off", "makeup_day", "day_end"}));
  auto const reasons = national_day.reasons();
  EXPECT_EQ(reasons.at(1).at("from").as_string(), "2026-10-01");
  EXPECT_EQ(reasons.at(1).at("to").as_string(), "2026-10-07");
  EXPECT_EQ(reasons.at(2).at("date").as_string(), "2026-10-10");
  EXPECT_EQ(reasons.at(2).at("text").as_string(),
            "2026-10-10, a Saturday, is a working day (by notice 2026/2025-11-04)");

  EXPECT_EQ(due("--json --from 2026-03-02T10:00 --limit 2h").codes(), Codes{"hours_run_from"});
  EXPECT_EQ(due("--json --from 2026-09-28T10:00 --limit 7cd --limit 5wd").codes(),
            (Codes{"start_day_not_counted", "days_off", "moved_to_working_day", "day_end", "later_limit"}));
  EXPECT_EQ(due("--json --from 2026-03-02T10:00 --limit 5wd --extension 5wd "
                "--pause 2026-03-04T14:00/2026-03-06T14:00 --pause 2027-01-01T00:00/2027-02-01T00:00")
                .codes(),
            (Codes{"start_day_not_counted", "pause", "extension", "day_end"}));
  EXPECT_EQ(due("--json --from 2026-12-28T10:00 --limit 5wd").codes(),
            (Codes{"start_day_not_counted", "days_off", "day_end", "provisional"}));
}

TEST(DueCommand, PausesSayWhatTheyHeld) {
  auto const text = due("--from 2026-03-02T10:00 --limit 5wd --pause 2026-03-04T14:00/2026-03-06T14:00 "
                        "--pause 2026-03-09T10:00/2026-03-09T11:00")
                        .out;
  EXPECT_NE(text.find("the closes of 2 working days lie in it"), std::string::npos) << text;
  EXPECT_NE(text.find("no close of business lies in it"), std::string::npos) << text;
}

TEST(DueCommand, ADayThatEndsAtMidnightNamesItsLastDay) {
  auto const found = due("--json --from 2026-03-02T10:00 --limit 5wd --day-end midnight");
  EXPECT_EQ(found.field("due"), "2026-03-10T00:00:00+08:00");
  EXPECT_EQ(found.field("last_day"), "2026-03-09");
}

TEST(DueCommand, TheYearAfterTheLastNoticeIsProvisional) {
  auto const found = due("--json --from 2026-12-28T10:00 --limit 5wd");
  EXPECT_EQ(found.field("due"), "2027-01-05T17:00:00+08:00");
  EXPECT_TRUE(found.answer().at("provisional").as_bool());
  EXPECT_NE(due("--from 2026-12-28T10:00 --limit 5wd").out.find("provisional"), std::string::npos);
}

TEST(DueCommand, CalendarFilesLieOverTheBuiltInOnesAndTheLastWins) {
  NoticeFile const off(
      R"({"year": 2026, "version": "2026-04-01", "region": "city", "off": ["2026-04-20"], "work": []})");
  NoticeFile const work(
      R"({"year": 2026, "version": "2026-03-01", "region": "city", "off": [], "work": ["2026-04-20"]})");
  std::string const line = "--json --from 2026-04-17T10:00 --limit 1wd";
  EXPECT_EQ(due(line).field("last_day"), "2026-04-20");
  EXPECT_EQ(due(line + off.option()).field("last_day"), "2026-04-21");
  EXPECT_EQ(due(line + off.option() + work.option()).field("last_day"), "2026-04-20");
  EXPECT_EQ(due(line + work.option() + off.option()).field("last_day"), "2026-04-21");
  EXPECT_EQ(due(line + off.option() + " --as-of 2026-03-31").field("last_day"), "2026-04-20");
  NoticeFile const next(R"({"year": 2027, "version": "2026-11-05", "off": ["2027-01-01"], "work": ["2027-01-03"]})");
  auto const ruled = due("--json --from 2026-12-28T10:00 --limit 5wd" + next.option());
  EXPECT_EQ(ruled.field("last_day"), "2027-01-04");
  EXPECT_FALSE(ruled.answer().at("provisional").as_bool());
}

TEST(DueCommand, CalendarFilesThatCannotBeAreRefused) {
  NoticeFile const overlapping(
      R"({"year": 2026, "version": "2026-04-01", "off": ["2026-04-20"], "work": ["2026-04-20"]})");
  NoticeFile const broken("{\"year\": 2026");
  std::string const line = "--from 2026-04-17T10:00 --limit 1wd";
  struct BadFile {
    std::string option;
    char const* says;
  };
  for (auto const& [option, says] :
       {BadFile{overlapping.option(), "work[0]: 2026-04-20 already stands in off[0]"},
        BadFile{broken.option(), "line 1"}, BadFile{" --calendar /nowhere/calendar.json", "cannot be read"},
        BadFile{" --calendar " + testing::TempDir(), "cannot be read"},
        BadFile{" --calendar /dev/zero", "more than the 65536 allowed"}}) {
    auto const found = due(line + option);
    EXPECT_EQ(found.code, kExitBadInput) << option;
    EXPECT_EQ(found.out, "");
    EXPECT_NE(found.err.find(says), std::string::npos) << found.err;
  }
}

TEST(DueCommand, NonsenseIsExitTwoWithASentence) {
  struct Nonsense {
    char const* line;
    char const* says;
  };
  for (auto const& [line, says] : {
           Nonsense{"", "--from is missing"},
           Nonsense{"--limit 5wd", "--from is missing"},
           Nonsense{"--from 2026-03-02T10:00", "--limit is missing"},
           Nonsense{"--from 2026-03-02 --limit 5wd", "time of day is missing"},
           Nonsense{"--from yesterday --limit 5wd", "bad_moment"},
           Nonsense{"--from 2026-02-30T10:00 --limit 5wd", "bad_moment"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5", "the unit is missing"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5d", "the unit is unknown"},
           Nonsense{"--from 2026-03-02T10:00 --limit wd", "bad_limit"},
           Nonsense{"--from 2026-03-02T10:00 --limit 0wd", "nothing to count"},
           Nonsense{"--from 2026-03-02T10:00 --limit -5wd", "bad_limit"},
           Nonsense{"--from 2026-03-02T10:00 --limit=-5wd", "bad_limit"},
           Nonsense{"--from 2026-03-02T10:00 --limit 1.5h", "bad_limit"},
           Nonsense{"--from 2026-03-02T10:00 --limit {}", "bad_limit"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd 3wd", "bad_usage"},
           Nonsense{"--from 2026-03-02T10:00 --from 2026-03-02T10:00 --limit 5wd", "bad_usage"},
           Nonsense{"--from 2026-03-02T10:00 --limit 99999999999999999999wd", "too large"},
           Nonsense{"--from 2026-03-02T10:00 --limit 4294967295h", "outside_calendar"},
           Nonsense{"--from 2026-03-02T10:00 --limit 4000wd", "outside_calendar"},
           Nonsense{"--from 2017-12-31T23:59:59 --limit 1wd", "outside_calendar"},
           Nonsense{"--from 1988-07-01T10:00 --limit 2h", "outside_calendar"},
           Nonsense{"--from 2028-01-01T00:00 --limit 1h", "outside_calendar"},
           Nonsense{"--from 2027-12-31T10:00 --limit 1wd", "outside_calendar"},
           Nonsense{"--from 2018-03-01T10:00 --limit 1wd --as-of 2017-11-29", "no notice was published yet"},
           Nonsense{"--from 2021-03-01T10:00 --limit 1wd --as-of 2019-01-01", "outside_calendar"},
           Nonsense{"--from 2026-03-02T10:00 --limit 1wd --as-of 2026", "bad_date"},
           Nonsense{"--from 2026-03-02T10:00 --limit 1wd --as-of 2026-02-29", "bad_date"},
           Nonsense{"--from 2026-03-02T10:00 --limit 7cd --extension 5wd", "needs a --limit in working days"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --extension 5cd", "not in working days"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --extension 5", "the unit is missing"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --extension 6wd", "--extension 6wd: an extension of 6"},
           Nonsense{"--from 2026-03-02T10:00 --limit 3wd --limit 5wd --extension 5wd", "extension_too_long"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --extension 1wd --extension 1wd --extension 1wd",
                    "extension_too_many"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --pause 2026-03-04T14:00", "bad_pause"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --pause 2026-03-04T14:00/", "bad_moment"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --pause /2026-03-04T14:00", "bad_moment"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --pause 2026-03-04/2026-03-05", "bad_moment"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --pause 2026-03-04T14:00/2026-03-04T14:00", "bad_pause"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --pause 2026-03-04T14:00/2026-03-04T13:00", "bad_pause"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --pause 2026-03-02T11:00/2026-03-03T11:00/2026-03-04T11:00",
                    "bad_moment"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --day-end noon", "--day-end"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd --statute 3wd", "--statute; `fieldnode due --help`"},
           Nonsense{"--from 2026-03-02T10:00 --limit 5wd now", "bad_usage"},
           Nonsense{"--from 2026-03-02T10:00 --limit", "bad_usage"},
       }) {
    auto const found = due(line);
    EXPECT_EQ(found.code, kExitBadInput) << line;
    EXPECT_EQ(found.out, "") << line;
    EXPECT_NE(found.err.find(says), std::string::npos) << line << "\n" << found.err;
  }
}

TEST(DueCommand, EmptyTextsAreNonsenseToo) {
  std::vector<std::string> const good{"due", "--from", "2026-03-02T10:00", "--limit", "5wd"};
  EXPECT_EQ(run(good).code, kExitDone);
  for (auto const* option : {"--from", "--limit", "--extension", "--pause", "--calendar", "--as-of", "--day-end"}) {
    auto args = good;
    auto const given = std::ranges::find(args, option);
    if (given != args.end()) {
      *(given + 1) = "";
    } else {
      args.insert(args.end(), {option, ""});
    }
    EXPECT_EQ(run(args).code, kExitBadInput) << option;
  }
}

TEST(DueCommand, ARefusalIsJsonTooWhereJsonWasAsked) {
  auto const found = due("--json --from 2028-01-01T10:00 --limit 5wd");
  EXPECT_EQ(found.code, kExitBadInput);
  EXPECT_EQ(found.answer().at("error").at("code"), "outside_calendar");
  EXPECT_NE(found.err.find("outside_calendar"), std::string::npos);
}

TEST(DueCommand, SpeaksChineseToThoseWhoDo) {
  auto const found = run(words("--from 2026-09-30T16:59 --limit 3wd"), true);
  EXPECT_NE(found.out.find("2026-10-10(星期六)为调休上班日"), std::string::npos) << found.out;
}

TEST(DueCommand, HelpIsNoError) {
  auto const found = due("--help");
  EXPECT_EQ(found.code, kExitDone);
  for (auto const* option :
       {"--from", "--limit", "--extension", "--pause", "--calendar", "--as-of", "--day-end", "--json"}) {
    EXPECT_NE(found.out.find(option), std::string::npos) << option;
  }
}

TEST(Commands, TheProgramKnowsItsCommands) {
  EXPECT_EQ(run({"--help"}).code, kExitDone);
  EXPECT_NE(run({"--help"}).out.find("due"), std::string::npos);
  EXPECT_EQ(run({"--version"}).out, std::string("fieldnode ") + FIELDNODE_VERSION + "\n");
  EXPECT_EQ(run({}).code, kExitBadInput);
  EXPECT_EQ(run({"frobnicate"}).code, kExitBadInput);
  EXPECT_NE(run({"frobnicate"}).err.find("frobnicate"), std::string::npos);
}

}  // namespace
}  // namespace fieldnode::office

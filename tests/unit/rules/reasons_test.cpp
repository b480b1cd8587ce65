#include "sync/rules/reasons.h"

#include <gtest/gtest.h>

#include "sync/rules/calendar_file.h"
#include "tests/unit/rules/workday_oracle.h"

namespace fieldnode::rules {
namespace {

using oracle::moment;
using Steps = std::vector<std::string>;

class Reasons : public testing::Test {
 protected:
  Calendar const calendar{built_in_notices()};

  /// `code from to` of every reason; both languages must have a sentence.
  [[nodiscard]] static Steps steps(std::vector<Reason> const& reasons) {
    Steps found;
    for (auto const& reason : reasons) {
      EXPECT_FALSE(reason.zh.empty() || reason.en.empty()) << reason.code;
      found.push_back(reason.code + " " + reason.from + (reason.to.empty() ? "" : " " + reason.to));
    }
    return found;
  }
  [[nodiscard]] Steps why(Term const& term, Conditions const& conditions = {}) const {
    return steps(explain(term, due_of(term, conditions, calendar).value().value(), conditions, calendar));
  }
};

Term term(char const* limit, char const* start) {
  return {.limit = parse_limit(limit).value(), .start = moment(start)};
}

TEST_F(Reasons, OfficeHoursCrossRulingsFromTheStartDayOn) {
  EXPECT_EQ(why(term("2wh", "2026-09-20T16:00")), (Steps{"hours_run_from 2026-09-20", "makeup_day 2026-09-20"}));
  EXPECT_EQ(why(term("2wh", "2026-09-30T16:59")),
            (Steps{"hours_run_from 2026-09-30", "days_off 2026-10-01 2026-10-07"}));
}

TEST_F(Reasons, ElapsedHoursAskNoCalendar) {
  EXPECT_EQ(why(term("100h", "2026-09-30T16:59")), Steps{"hours_run_from 2026-09-30"});
}

TEST_F(Reasons, CalendarDaysTellOnlyWhereTheyEnd) {
  EXPECT_EQ(why(term("3cd", "2026-03-02T10:00")), (Steps{"start_day_not_counted 2026-03-02", "day_end 2026-03-05"}));
  EXPECT_EQ(
      why(term("5cd", "2026-03-02T10:00")),
      (Steps{"start_day_not_counted 2026-03-02", "moved_to_working_day 2026-03-07 2026-03-09", "day_end 2026-03-09"}));
}

TEST_F(Reasons, DaysOffOfTwoNoticesAreToldApart) {
  EXPECT_EQ(why(term("5wd", "2020-01-22T10:00")),
            (Steps{"start_day_not_counted 2020-01-22", "days_off 2020-01-24 2020-01-30",
                   "days_off 2020-01-31 2020-02-02", "day_end 2020-02-06"}));
}

TEST_F(Reasons, OnlyPausesThatTouchTheCountAreTold) {
  Conditions const conditions{.pauses = {{moment("2026-03-01T08:00"), moment("2026-03-02T10:00")},
                                         {moment("2026-03-03T10:00"), moment("2026-03-03T18:00")},
                                         {moment("2026-03-05T17:00:01"), std::nullopt}}};
  EXPECT_EQ(why(term("2wd", "2026-03-02T10:00"), conditions),
            (Steps{"start_day_not_counted 2026-03-02", "pause 2026-03-03T10:00:00+08:00 2026-03-03T18:00:00+08:00",
                   "day_end 2026-03-05"}));
  EXPECT_EQ(why(term("2cd", "2026-03-02T10:00"), conditions).size(), 2u);
  auto statute = term("2wd", "2026-03-02T10:00");
  statute.statute = true;
  EXPECT_EQ(why(statute, conditions).size(), 2u);
}

TEST_F(Reasons, TheDaysThatAPauseHeldAreThoseThatMovedTheDue) {
  auto const base = term("5wd", "2026-02-12T10:00");
  Conditions const conditions{.pauses = {{moment("2026-02-10T08:00"), moment("2026-02-13T17:00:01")},
                                         {moment("2026-02-14T18:00"), moment("2026-02-25T17:00")}}};
  auto const due = due_of(base, conditions, calendar).value().value();
  auto const reasons = explain(base, due, conditions, calendar);
  EXPECT_NE(reasons.at(4).en.find("the close of 1 working day"), std::string::npos) << reasons.at(4).en;
  EXPECT_NE(reasons.at(5).en.find("the close of 1 working day"), std::string::npos) << reasons.at(5).en;
  auto const unpaused = due_of(base, {}, calendar).value().value();
  EXPECT_EQ(calendar.between(unpaused.last_day, due.last_day).value(), 2);
}

TEST_F(Reasons, EachExtensionMovesTheLastDay) {
  auto extended = term("5wd", "2026-03-02T10:00");
  extended.extensions = {5, 3};
  EXPECT_EQ(why(extended), (Steps{"start_day_not_counted 2026-03-02", "extension 2026-03-09 2026-03-16",
                                  "extension 2026-03-16 2026-03-19", "day_end 2026-03-19"}));
}

TEST_F(Reasons, TheOtherLimitsOfAClockAreTold) {
  std::vector<Term> terms{term("5wd", "2026-03-02T10:00"), term("1wd", "2026-03-02T10:00"),
                          term("3wd", "2026-03-02T10:00")};
  terms[1].statute = true;
  auto const effective = effective_due(terms, {}, calendar).value().value();
  EXPECT_EQ(steps(explain_effective(terms, effective, {}, calendar)),
            (Steps{"start_day_not_counted 2026-03-02", "day_end 2026-03-03", "later_limit 2026-03-09",
                   "later_limit 2026-03-05"}));
  Conditions const paused{.pauses = {{moment("2026-03-02T11:00"), std::nullopt}}};
  EXPECT_EQ(steps(explain_effective(terms, effective, paused, calendar)),
            (Steps{"start_day_not_counted 2026-03-02", "day_end 2026-03-03", "paused_limit 2026-03-02",
                   "paused_limit 2026-03-02"}));
}

}  // namespace
}  // namespace fieldnode::rules

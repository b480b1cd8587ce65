#include "sync/rules/deadline.h"

#include <gtest/gtest.h>

#include "sync/base/random.h"
#include "sync/rules/calendar_file.h"
#include "tests/unit/rules/workday_oracle.h"

namespace fieldnode::rules {
namespace {

using oracle::day;
using oracle::moment;
using std::chrono::days;

PauseSpan pause(char const* from, char const* to) { return {moment(from), moment(to)}; }

class Deadline : public testing::Test {
 protected:
  Calendar const calendar{built_in_notices()};

  [[nodiscard]] Result<std::optional<Due>> ask(char const* limit, char const* start, std::vector<PauseSpan> pauses = {},
                                               std::vector<std::uint32_t> extensions = {}) const {
    return due_of({.limit = parse_limit(limit).value(), .start = moment(start), .extensions = std::move(extensions)},
                  {.pauses = std::move(pauses)}, calendar);
  }
  [[nodiscard]] std::string due(char const* limit, char const* start, std::vector<PauseSpan> pauses = {},
                                std::vector<std::uint32_t> extensions = {}) const {
    auto const found = ask(limit, start, std::move(pauses), std::move(extensions));
    if (!found) return found.error().code;
    return *found ? format_moment((*found)->at).substr(0, 19) : "paused";
  }
};

TEST_F(Deadline, APauseHoldsTheDayWhoseCloseLiesInIt) {
  char const* const start = "2026-03-02T10:00";  // Monday; 1wd ends Tuesday 03-03
  EXPECT_EQ(due("1wd", start, {pause("2026-03-03T17:00", "2026-03-03T17:00:01")}), "2026-03-04T17:00:00");
  EXPECT_EQ(due("1wd", start, {pause("2026-03-03T09:00", "2026-03-03T17:00")}), "2026-03-03T17:00:00");
  EXPECT_EQ(due("1wd", start, {pause("2026-03-03T17:00:01", "2026-03-04T09:00")}), "2026-03-03T17:00:00");
  EXPECT_EQ(due("1wd", start, {pause("2026-03-02T00:00", "2026-03-03T16:59:59")}), "2026-03-03T17:00:00");
  EXPECT_EQ(due("1wd", start, {pause("2026-03-07T00:00", "2026-03-09T00:00")}), "2026-03-03T17:00:00");
  EXPECT_EQ(due("5wd", start, {pause("2026-03-07T00:00", "2026-03-09T00:00")}), "2026-03-09T17:00:00");
}

TEST_F(Deadline, APauseAtTheVeryDueInstantMovesADayButNoHour) {
  // 17:00 lies in [17:00, ...), so the day's close does; two hours have run by 17:00 and nothing is left to pause.
  auto const at_close = pause("2026-03-03T17:00", "2026-03-04T17:00");
  EXPECT_EQ(due("1wd", "2026-03-02T10:00", {at_close}), "2026-03-04T17:00:00");
  EXPECT_EQ(due("2h", "2026-03-03T15:00", {at_close}), "2026-03-03T17:00:00");
  EXPECT_EQ(due("2wh", "2026-03-03T15:00", {at_close}), "2026-03-03T17:00:00");
}

TEST_F(Deadline, HoursRunFromTheEndOfAPauseThatHoldsTheStart) {
  auto const around = pause("2026-03-02T09:00", "2026-03-02T11:30");
  EXPECT_EQ(due("2h", "2026-03-02T10:00", {around}), "2026-03-02T13:30:00");
  EXPECT_EQ(due("2wh", "2026-03-02T10:00", {around}), "2026-03-02T14:30:00");
  EXPECT_EQ(due("1wd", "2026-03-02T10:00", {around}), "2026-03-03T17:00:00");
}

TEST_F(Deadline, APauseOutsideOfficeHoursMovesNoOfficeHour) {
  EXPECT_EQ(due("2wh", "2026-03-02T11:00", {pause("2026-03-02T12:00", "2026-03-02T13:00")}), "2026-03-02T14:00:00");
  EXPECT_EQ(due("2h", "2026-03-02T11:00", {pause("2026-03-02T12:00", "2026-03-02T13:00")}), "2026-03-02T14:00:00");
  EXPECT_EQ(due("8wh", "2026-03-06T16:00", {pause("2026-03-06T17:00", "2026-03-09T09:00")}), "2026-03-09T17:00:00");
}

TEST_F(Deadline, OverlappingAndTouchingPausesCountOnce) {
  std::vector<PauseSpan> const pauses{
      pause("2026-03-02T11:00", "2026-03-02T11:30"), pause("2026-03-02T10:30", "2026-03-02T11:15"),
      pause("2026-03-02T11:30", "2026-03-02T11:40"), pause("2026-03-02T10:35", "2026-03-02T10:40")};
  EXPECT_EQ(united(pauses), std::vector{pause("2026-03-02T10:30", "2026-03-02T11:40")});
  EXPECT_EQ(due("2h", "2026-03-02T10:00", pauses), "2026-03-02T13:10:00");
}

TEST_F(Deadline, AnEmptyOrBackwardPauseCountsForNothing) {
  EXPECT_EQ(due("1wd", "2026-03-02T10:00", {pause("2026-03-03T17:00", "2026-03-03T17:00")}), "2026-03-03T17:00:00");
  EXPECT_EQ(due("2h", "2026-03-02T10:00", {pause("2026-03-02T11:00", "2026-03-02T10:00")}), "2026-03-02T12:00:00");
}

TEST_F(Deadline, AnOpenPauseHoldsWhatHasNotRunDown) {
  std::vector<PauseSpan> const open{{moment("2026-03-02T12:00"), std::nullopt}};
  EXPECT_EQ(due("2h", "2026-03-02T10:00", open), "2026-03-02T12:00:00");
  EXPECT_EQ(due("2h", "2026-03-02T10:01", open), "paused");
  EXPECT_EQ(due("1wd", "2026-02-27T10:00", {{moment("2026-02-28T17:00:01"), {}}}), "2026-02-28T17:00:00");
  EXPECT_EQ(due("1wd", "2026-02-27T10:00", {{moment("2026-02-28T17:00"), {}}}), "paused");
  EXPECT_EQ(due("3cd", "2026-03-02T10:00", open), "2026-03-05T17:00:00");
  EXPECT_EQ(
      due("2h", "2026-03-02T13:00", {{moment("2026-03-02T12:00"), {}}, pause("2026-03-02T09:00", "2026-03-02T14:00")}),
      "paused");
}

TEST_F(Deadline, AStatuteIsNeitherPausedNorExtended) {
  Term statute{.limit = {1, LimitUnit::kWorkingDays}, .start = moment("2026-03-02T10:00"), .statute = true};
  Conditions const paused{.pauses = {{moment("2026-03-02T11:00"), std::nullopt}}};
  EXPECT_EQ(due_of(statute, paused, calendar).value().value().last_day, day("2026-03-03"));
  std::vector<Term> const both{{.limit = {1, LimitUnit::kWorkingHours}, .start = statute.start}, statute};
  EXPECT_EQ(effective_due(both, {}, calendar).value().value().term, 0u);
  EXPECT_EQ(effective_due({&both[0], 1}, {.pauses = {{statute.start, std::nullopt}}}, calendar).value(), std::nullopt);
  EXPECT_EQ(effective_due(both, {.pauses = {{statute.start, std::nullopt}}}, calendar).value().value().term, 1u);
  statute.extensions = {1};
  EXPECT_EQ(due_of(statute, {}, calendar).error().code, "extension_not_days");
}

TEST_F(Deadline, ExtensionsAreCountedOnFromTheOldDueDayOverPausesToo) {
  EXPECT_EQ(due("5wd", "2026-03-02T10:00", {}, {5, 3}), "2026-03-19T17:00:00");
  EXPECT_EQ(due("5wd", "2026-03-02T10:00", {pause("2026-03-10T09:00", "2026-03-12T09:00")}, {5}),
            "2026-03-18T17:00:00");
  EXPECT_EQ(due("5cd", "2026-03-02T10:00", {}, {5}), "extension_not_days");
  EXPECT_EQ(due("5h", "2026-03-02T10:00", {}, {5}), "extension_not_days");
}

TEST_F(Deadline, CalendarDaysRollOverRestDaysOnly) {
  EXPECT_EQ(due("7cd", "2026-09-28T10:00"), "2026-10-08T17:00:00");
  EXPECT_EQ(due("1cd", "2026-09-19T10:00"), "2026-09-20T17:00:00");  // a working Sunday
  EXPECT_EQ(due("1cd", "2026-03-06T10:00"), "2026-03-09T17:00:00");
  EXPECT_EQ(due("3cd", "2026-03-02T10:00", {pause("2026-03-02T11:00", "2026-06-02T11:00")}), "2026-03-05T17:00:00");
}

TEST_F(Deadline, MidnightEndsTheSameDaySevenHoursLater) {
  Conditions const midnight{.pauses = {pause("2026-03-03T18:00", "2026-03-04T09:00")}, .day_end = DayEnd::kMidnight};
  for (auto const* limit : {"1wd", "1cd"}) {
    Term const term{.limit = parse_limit(limit).value(), .start = moment("2026-03-02T10:00")};
    auto const found = due_of(term, midnight, calendar).value().value();
    EXPECT_EQ(format_moment(found.at), "2026-03-04T00:00:00+08:00");
    EXPECT_EQ(format_day(found.last_day), "2026-03-03");
  }
  Term const hours{.limit = {7, LimitUnit::kWorkingHours}, .start = moment("2026-03-03T09:00")};
  EXPECT_EQ(format_moment(due_of(hours, {.day_end = DayEnd::kMidnight}, calendar).value().value().at),
            "2026-03-03T17:00:00+08:00");
}

TEST_F(Deadline, AFractionOfASecondIsCutOff) {
  EXPECT_EQ(due("2h", "2026-03-02T10:00:00.999"), "2026-03-02T12:00:00");
  EXPECT_EQ(due("2wh", "2026-03-02T10:00:00.001"), "2026-03-02T13:00:00");  // its last millisecond runs after lunch
  auto const at = ask("2h", "2026-03-02T10:00:00.999").value().value().at;
  EXPECT_TRUE(is_in_time(moment("2026-03-02T12:00:00.999"), at));
  EXPECT_FALSE(is_in_time(moment("2026-03-02T12:00:01"), at));
}

TEST_F(Deadline, OfEqualDuesTheFirstNamedSetsTheTerm) {
  auto const start = moment("2026-03-02T10:00");
  std::vector<Term> const terms{{.limit = {5, LimitUnit::kWorkingDays}, .start = start},
                                {.limit = {7, LimitUnit::kCalendarDays}, .start = start}};
  EXPECT_EQ(effective_due(terms, {}, calendar).value().value().term, 0u);
}

TEST_F(Deadline, AcknowledgementIsShownUnderBothReadings) {
  auto const dues = acknowledgement_dues(moment("2026-03-06T16:30"), 2, {}, calendar).value();
  EXPECT_EQ(format_moment(dues.elapsed->at), "2026-03-06T18:30:00+08:00");
  EXPECT_EQ(format_moment(dues.working->at), "2026-03-09T10:30:00+08:00");
}

TEST_F(Deadline, WhatTheCalendarDoesNotKnowIsRefusedHoweverFarAway) {
  for (auto const* limit : {"1h", "1wh", "1wd", "1cd"}) {
    EXPECT_EQ(due(limit, "2017-12-31T23:59:59"), "outside_calendar") << limit;
    EXPECT_EQ(due(limit, "2028-01-01T00:00"), "outside_calendar") << limit;
    EXPECT_EQ(due(limit, "0001-01-01T00:00"), "outside_calendar") << limit;
    EXPECT_EQ(due(limit, "9999-12-31T23:59:59"), "outside_calendar") << limit;
  }
  for (auto const* limit : {"4294967295h", "4294967295wh", "4294967295wd", "4294967295cd", "3000wd", "3653cd"}) {
    EXPECT_EQ(due(limit, "2018-01-01T00:00"), "outside_calendar") << limit;
  }
  EXPECT_EQ(due("1wd", "2026-03-02T10:00", {}, {UINT32_MAX, UINT32_MAX}), "outside_calendar");
  EXPECT_EQ(due("1wd", "2026-03-02T10:00", {pause("0001-01-01T00:00", "9999-12-31T00:00")}), "outside_calendar");
  EXPECT_EQ(due("1h", "2026-03-02T10:00", {pause("0001-01-01T00:00", "9999-12-31T00:00")}), "outside_calendar");
  EXPECT_EQ(due("1wd", "2027-12-30T10:00"), "2027-12-31T17:00:00");
  EXPECT_EQ(due("1wd", "2018-01-01T10:00", {pause("0001-01-01T00:00", "2018-01-01T00:00")}), "2018-01-02T17:00:00");
  EXPECT_EQ(due_of({.limit = {0, LimitUnit::kHours}, .start = moment("2026-03-02T10:00")}, {}, calendar).error().code,
            "bad_limit");
}

TEST_F(Deadline, OnlyWhatRestsOnUnruledDaysIsProvisional) {
  EXPECT_FALSE((*ask("5wd", "2026-12-11T10:00").value()).provisional);  // Friday 12-18
  EXPECT_TRUE((*ask("5wd", "2026-12-14T10:00").value()).provisional);   // Monday 12-21
  EXPECT_TRUE((*ask("3cd", "2026-12-17T10:00").value()).provisional);   // Sunday 12-20 moves on
  EXPECT_TRUE((*ask("1wh", "2026-12-21T10:00").value()).provisional);
  EXPECT_FALSE((*ask("1h", "2027-03-01T10:00").value()).provisional);  // elapsed hours need no calendar
}

// ---- against going through time step by step ------------------------------------------------------------------------

struct Question {
  UtcTime start;
  std::uint32_t count;
  std::vector<oracle::Span> pauses;
  DayEnd day_end;
};

/// Most pauses lie near the start and many of their ends on the moments where the law turns: opening, lunch, close.
UtcTime near(SeededRandom& random, UtcTime start, std::uint64_t reach_days, Milliseconds step) {
  auto const base = day_of(start) + days(random.below(reach_days + 2)) - days(1);
  constexpr std::array<int, 6> kTurns{0, 9, 12, 13, 17, 24};
  if (random.below(3) == 0) {
    auto const turn = std::chrono::hours(kTurns.at(random.below(kTurns.size())));
    return moment_on(base, turn + step * (static_cast<int>(random.below(3)) - 1));
  }
  return moment_on(base, step * static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(days(1) / step))));
}

Question draw(SeededRandom& random, std::uint64_t count_max, std::uint64_t reach_days, Milliseconds step) {
  Question question;
  auto const first = civil_day(2018, 1, 2) + days(random.below(3200));
  question.start = near(random, moment_on(first, Milliseconds(0)), 2, step);
  question.count = static_cast<std::uint32_t>(1 + random.below(count_max));
  question.day_end = random.below(2) == 0 ? DayEnd::kClose : DayEnd::kMidnight;
  for (auto left = random.below(5); left > 0; --left) {
    auto from = near(random, question.start, reach_days, step);
    auto to = near(random, question.start, reach_days, step);
    if (to < from) std::swap(from, to);
    question.pauses.push_back({from, to});
  }
  return question;
}

std::string describe(Question const& question, Limit limit) {
  std::string text = "--from " + format_moment(question.start) + " --limit " + format_limit(limit);
  for (auto const& p : question.pauses) text += " --pause " + format_moment(p.from) + "/" + format_moment(p.to);
  return text;
}

class DeadlineOracle : public Deadline {
 protected:
  oracle::Workdays const table;
  std::uint64_t const seed = oracle::seed_of_run();
  SeededRandom random{seed};

  [[nodiscard]] Due answer(Question const& question, Limit limit) const {
    Conditions conditions{.pauses = {}, .day_end = question.day_end};
    for (auto const& p : question.pauses) conditions.pauses.push_back({p.from, p.to});
    return due_of({.limit = limit, .start = question.start}, conditions, calendar).value().value();
  }
  void expect_hours(std::uint64_t count_max, std::uint64_t reach_days, Milliseconds step, bool working) {
    auto const question = draw(random, count_max, reach_days, step);
    Limit const limit{question.count, working ? LimitUnit::kWorkingHours : LimitUnit::kHours};
    auto const expected = oracle::after_hours(table, question.start, question.count, working, question.pauses, step);
    ASSERT_EQ(format_moment(answer(question, limit).at), format_moment(expected))
        << describe(question, limit) << " seed " << seed;
  }
};

TEST_F(DeadlineOracle, HoursAgreeWithGoingSecondBySecond) {
  for (int round = 0; round < 60 && !HasFatalFailure(); ++round) {
    expect_hours(10, 1, std::chrono::seconds(1), false);
    expect_hours(4, 1, std::chrono::seconds(1), true);
  }
}

TEST_F(DeadlineOracle, HoursAgreeWithGoingMinuteByMinute) {
  for (int round = 0; round < 1000 && !HasFatalFailure(); ++round) {
    expect_hours(60, 4, std::chrono::minutes(1), false);
    expect_hours(40, 8, std::chrono::minutes(1), true);
  }
}

TEST_F(DeadlineOracle, DaysAgreeWithGoingDayByDay) {
  for (int round = 0; round < 4000; ++round) {
    auto const question = draw(random, 30, 40, std::chrono::seconds(1));
    auto const working = oracle::last_working_day(table, question.start, question.count, question.pauses);
    auto const calendar_day = oracle::last_calendar_day(table, question.start, question.count);
    auto const by_work = answer(question, {question.count, LimitUnit::kWorkingDays});
    auto const by_calendar = answer(question, {question.count, LimitUnit::kCalendarDays});
    auto const what = describe(question, {question.count, LimitUnit::kWorkingDays});
    ASSERT_EQ(format_day(by_work.last_day), format_day(working)) << what << " seed " << seed;
    ASSERT_EQ(format_day(by_calendar.last_day), format_day(calendar_day)) << what << " seed " << seed;
    bool const close = question.day_end == DayEnd::kClose;
    ASSERT_EQ(by_work.at - moment_on(working, Milliseconds(0)), std::chrono::hours(close ? 17 : 24));
  }
}

}  // namespace
}  // namespace fieldnode::rules

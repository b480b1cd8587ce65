#include "sync/rules/clocks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/rules/law.h"
#include "tests/unit/rules/scene.h"

namespace fieldnode::rules {
namespace {

std::vector<DeadlineClock> clocks(Scene const& scene, Policy const& policy = measures()) {
  return clocks_of(scene.state(), policy, built_in_calendar()).value();
}

DeadlineClock clock_in(Scene const& scene, ClockKind kind) {
  return clocks(scene).at(static_cast<std::size_t>(kind) - 1);
}

std::string due_in(Scene const& scene, ClockKind kind) {
  auto const due = clock_in(scene, kind).due();
  return due ? format_moment(*due).substr(0, 16) : "none";
}

Certainty overdue(Scene const& scene, ClockKind kind) {
  return is_overdue(clock_in(scene, kind), exactly(scene.now()));
}

TEST(Clocks, ThereAreNoneBeforeTheDispatch) { EXPECT_TRUE(clocks(Scene{}).empty()); }

TEST(Clocks, ADispatchStartsAllFour) {
  auto const scene = dispatched();
  auto const all = clocks(scene);
  ASSERT_EQ(all.size(), 4u);
  for (auto const& clock : all) {
    EXPECT_EQ(clock.state, ClockState::kRunning);
    EXPECT_EQ(clock.started_at, moment("2026-03-02T10:00:00+08:00"));
    EXPECT_EQ(clock.limits.front().source, LimitSource::kMeasures);
  }
  EXPECT_EQ(due_in(scene, ClockKind::kAcknowledge), "2026-03-02T12:00");
  EXPECT_EQ(due_in(scene, ClockKind::kContact), "2026-03-05T17:00");
  EXPECT_EQ(due_in(scene, ClockKind::kReturn), "2026-03-03T17:00");
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-03-09T17:00");
}

/// T37
TEST(Clocks, AConsultationIsResolvedInThreeDays) {
  auto scene = dispatched("2026-03-02T10:00:00+08:00", plain_dispatch(CaseKind::kConsultation));
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-03-05T17:00");
  auto const act = scene.act(completed());
  EXPECT_EQ(clock_in(scene, ClockKind::kContact).met_by->at, act);
  EXPECT_EQ(clock_in(scene, ClockKind::kResolve).met_by->at, act);
}

TEST(Clocks, WhatMeetsAClockIsTheFirstAct) {
  auto scene = dispatched();
  auto const acknowledged = scene.act(Acknowledgement{});
  scene.act(Acknowledgement{});
  EXPECT_EQ(clock_in(scene, ClockKind::kAcknowledge).met_by->at, acknowledged);
  EXPECT_EQ(clock_in(scene, ClockKind::kAcknowledge).state, ClockState::kMet);
  EXPECT_EQ(clock_in(scene, ClockKind::kContact).state, ClockState::kRunning);
}

TEST(Clocks, AContactCorrectedToFailedReopensItsClockFromTheOldStart) {
  auto scene = dispatched();
  auto const contact = scene.act(reached());
  scene.act(solved());
  scene.at("2026-03-06T10:00:00+08:00").act(Correction{contact, ContactOutcome::kNoAnswer});
  auto const clock = clock_in(scene, ClockKind::kContact);
  EXPECT_EQ(clock.state, ClockState::kRunning);
  EXPECT_EQ(clock.started_at, moment("2026-03-02T10:00:00+08:00"));
  EXPECT_EQ(overdue(scene, ClockKind::kContact), Certainty::kCertainly);
  EXPECT_EQ(clock_in(scene, ClockKind::kResolve).state, ClockState::kRunning);
}

// ---- unreachable ----------------------------------------------------------------------------------------------------

TEST(Clocks, AConfirmedUnreachableMeetsTheContactAtTheThirdAttempt) {
  auto scene = dispatched();
  scene.act(failed());
  scene.act(failed());
  auto const third = scene.at("2026-03-04T10:00:00+08:00").act(failed());
  scene.act(failed());
  auto const claim = scene.act(unreachable());
  scene.at("2026-03-06T09:00:00+08:00");
  EXPECT_FALSE(clock_in(scene, ClockKind::kContact).met_by);
  EXPECT_TRUE(clock_in(scene, ClockKind::kContact).awaits_confirmation);
  EXPECT_EQ(overdue(scene, ClockKind::kContact), Certainty::kNo) << "while the centre has not decided";
  auto denied = scene;
  denied.decide(UnreachableDecision{claim, false});
  EXPECT_EQ(overdue(denied, ClockKind::kContact), Certainty::kCertainly);
  EXPECT_FALSE(clock_in(denied, ClockKind::kResolve).met_by);
  scene.decide(UnreachableDecision{claim, true});
  EXPECT_EQ(clock_in(scene, ClockKind::kContact).met_by->at, third);
  EXPECT_EQ(overdue(scene, ClockKind::kContact), Certainty::kNo);
  EXPECT_EQ(clock_in(scene, ClockKind::kResolve).met_by->at, claim);
}

// ---- stricter law ---------------------------------------------------------------------------------------------------

Scene with_limit(std::string_view at, OwnLimit limit) {
  auto dispatch = plain_dispatch();
  dispatch.limits = {std::move(limit)};
  return dispatched(at, dispatch);
}

/// T27
TEST(Clocks, TheStricterStatutePrevailsAsAnInstant) {
  auto const scene =
      with_limit("2026-09-28T10:00:00+08:00", {ClockKind::kResolve, 7, LimitUnit::kCalendarDays, "法 7"});
  auto const clock = clock_in(scene, ClockKind::kResolve);
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-10-08T17:00");
  EXPECT_EQ(clock.limits.front().source, LimitSource::kStatute);
  EXPECT_EQ(clock.limits.front().limit.statute, "法 7");
  EXPECT_EQ(clock.limits.back().source, LimitSource::kMeasures);
}

/// T28
TEST(Clocks, HoursOfLawRunOverARestDay) {
  auto const scene = with_limit("2026-03-06T16:00:00+08:00", {ClockKind::kResolve, 24, LimitUnit::kHours, "法 1"});
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-03-07T16:00");
}

TEST(Clocks, ALongerStatuteIsShownAndLengthensNothing) {
  auto const scene =
      with_limit("2026-03-02T10:00:00+08:00", {ClockKind::kResolve, 60, LimitUnit::kWorkingDays, "法 2"});
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-03-09T17:00");
  EXPECT_EQ(clock_in(scene, ClockKind::kResolve).limits.size(), 2u);
}

TEST(Clocks, AStatuteIsNeitherExtendedNorPaused) {
  auto scene = with_limit("2026-03-02T10:00:00+08:00", {ClockKind::kResolve, 4, LimitUnit::kWorkingDays, "法 3"});
  scene.decide(ExtensionDecision{scene.act(extension(5)), true, 5});
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-03-06T17:00");
  scene.decide(Pause{});
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-03-06T17:00");
  EXPECT_EQ(clock_in(scene, ClockKind::kResolve).state, ClockState::kRunning);
  EXPECT_EQ(due_in(scene, ClockKind::kContact), "none");
}

TEST(Clocks, ACasesOwnLimitTightensOneClockAndIsExtendedByItsOwnLength) {
  auto scene = with_limit("2026-03-02T10:00:00+08:00", {ClockKind::kResolve, 2, LimitUnit::kWorkingDays, ""});
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-03-04T17:00");
  EXPECT_EQ(clock_in(scene, ClockKind::kResolve).limits.front().source, LimitSource::kCase);
  EXPECT_EQ(due_in(scene, ClockKind::kContact), "2026-03-05T17:00");
  EXPECT_EQ(extension_base(scene.state(), measures()), 2u);
  scene.decide(ExtensionDecision{scene.act(extension(2)), true, 2});
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-03-06T17:00");
}

// ---- extensions -----------------------------------------------------------------------------------------------------

/// T24
TEST(Clocks, ExtensionsCountFromTheOldDue) {
  auto scene = dispatched();
  scene.decide(ExtensionDecision{scene.act(extension(5)), true, 5});
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-03-16T17:00");
  scene.decide(ExtensionDecision{scene.act(extension(5)), true, 5});
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-03-23T17:00");
  EXPECT_EQ(due_in(scene, ClockKind::kContact), "2026-03-05T17:00") << "never extended";
  scene.decide(SpecialDecision{scene.act(SpecialApplication{20}, 1), true, 20});
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-04-21T17:00") << "Qingming 2026-04-06 is off";
}

/// T25
TEST(Clocks, AskedInTimeAndNotDecidedIsNotOverdue) {
  auto scene = dispatched();
  auto const asked = scene.at("2026-03-09T16:40:00+08:00").act(extension(5));
  scene.at("2026-03-10T10:00:00+08:00");
  EXPECT_TRUE(clock_in(scene, ClockKind::kResolve).extension_pending);
  EXPECT_EQ(overdue(scene, ClockKind::kResolve), Certainty::kNo);
  auto rejected = scene;
  rejected.decide(ExtensionDecision{asked, false, 0});
  EXPECT_EQ(overdue(rejected, ClockKind::kResolve), Certainty::kCertainly) << "the old due counts";
  scene.decide(ExtensionDecision{asked, true, 5});
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "2026-03-16T17:00");
  EXPECT_EQ(overdue(scene, ClockKind::kResolve), Certainty::kNo);
}

TEST(Clocks, ALateSpecialApplicationHidesNoBreach) {
  auto scene = dispatched();
  scene.at("2026-03-10T10:00:00+08:00").act(SpecialApplication{20}, 1);
  EXPECT_FALSE(clock_in(scene, ClockKind::kResolve).extension_pending);
  EXPECT_EQ(overdue(scene, ClockKind::kResolve), Certainty::kCertainly);
}

// ---- pauses ---------------------------------------------------------------------------------------------------------

/// T21, T22, T23
TEST(Clocks, PausesMoveTheDueByTheClosesOfBusinessThatTheyCover) {
  struct Row {
    std::string_view dispatched, from, to, due;
  };
  for (auto const& row : std::initializer_list<Row>{
           {"2026-03-02T10:00:00+08:00", "2026-03-04T14:00:00+08:00", "2026-03-06T14:00:00+08:00", "2026-03-11T17:00"},
           {"2026-09-28T09:00:00+08:00", "2026-09-30T10:00:00+08:00", "2026-10-08T10:00:00+08:00", "2026-10-12T17:00"},
           {"2026-03-02T10:00:00+08:00", "2026-03-04T16:00:00+08:00", "2026-03-04T16:30:00+08:00",
            "2026-03-09T17:00"}}) {
    auto scene = dispatched(row.dispatched);
    scene.at(row.from).decide(Pause{});
    EXPECT_EQ(clock_in(scene, ClockKind::kResolve).state, ClockState::kPaused);
    EXPECT_EQ(due_in(scene, ClockKind::kResolve), "none");
    EXPECT_EQ(overdue(scene, ClockKind::kResolve), Certainty::kNo);
    scene.at(row.to).decide(Resume{});
    EXPECT_EQ(due_in(scene, ClockKind::kResolve), row.due);
  }
}

// ---- the end --------------------------------------------------------------------------------------------------------

TEST(Clocks, ATakeBackEndsWhatRunsAndKeepsWhatIsMetOrBreached) {
  auto scene = dispatched();
  scene.act(Acknowledgement{});
  scene.at("2026-03-06T10:00:00+08:00").decide(TakeBack{});
  scene.at("2026-06-01T10:00:00+08:00");
  EXPECT_EQ(clock_in(scene, ClockKind::kAcknowledge).state, ClockState::kMet);
  EXPECT_EQ(clock_in(scene, ClockKind::kContact).state, ClockState::kEnded);
  EXPECT_EQ(overdue(scene, ClockKind::kContact), Certainty::kCertainly) << "breached on 03-05, before the end";
  EXPECT_EQ(clock_in(scene, ClockKind::kResolve).state, ClockState::kEnded);
  EXPECT_EQ(overdue(scene, ClockKind::kResolve), Certainty::kNo) << "ended before it was due";
}

/// T29, T30
TEST(Clocks, AReturnClosesTheClocksOnlyWhenGranted) {
  auto scene = dispatched();
  auto const asked = scene.at("2026-03-03T16:00:00+08:00").act(not_ours());
  EXPECT_EQ(clock_in(scene, ClockKind::kResolve).state, ClockState::kRunning);
  auto refused = scene;
  refused.at("2026-03-05T10:00:00+08:00").decide(ReturnDecision{asked, false, false});
  EXPECT_EQ(due_in(refused, ClockKind::kResolve), "2026-03-09T17:00");
  EXPECT_FALSE(clock_in(refused, ClockKind::kReturn).met_by) << "as if never asked";
  scene.at("2026-03-04T09:00:00+08:00").decide(ReturnDecision{asked, true, false});
  EXPECT_EQ(clock_in(scene, ClockKind::kReturn).met_by->at, asked);
  EXPECT_EQ(overdue(scene, ClockKind::kReturn), Certainty::kNo);
  EXPECT_EQ(clock_in(scene, ClockKind::kResolve).state, ClockState::kEnded);
  auto const next = dispatched("2026-03-04T09:30:00+08:00");
  EXPECT_EQ(due_in(next, ClockKind::kResolve), "2026-03-11T17:00");
}

/// T31
TEST(Clocks, ARedoKeepsTheResultOfTheFirstCycle) {
  auto scene = dispatched();
  scene.act(reached());
  scene.at("2026-03-06T10:00:00+08:00").act(solved());
  scene.decide(unhappy());
  scene.at("2026-03-11T10:00:00+08:00").decide(Redo{AssignmentId{8}});
  EXPECT_EQ(clock_in(scene, ClockKind::kResolve).state, ClockState::kMet);
  EXPECT_EQ(overdue(scene, ClockKind::kResolve), Certainty::kNo);
  auto again = plain_dispatch();
  again.cycle = 2;
  EXPECT_EQ(due_in(dispatched("2026-03-11T10:00:00+08:00", again), ClockKind::kResolve), "2026-03-18T17:00");
}

TEST(Clocks, AConflictThatStandsMeetsTheClockAtItsOwnTime) {
  auto scene = dispatched();
  Placed take_back{{kFeed, 2}, scene.draft_decision(TakeBack{})};
  auto const offline = scene.at("2026-03-05T16:00:00+08:00").act(reached());
  take_back.skeleton.time = central_time(moment("2026-03-04T09:00:00+08:00"));
  scene.entries_.push_back(take_back);
  scene.decide(Conflict{offline});
  EXPECT_EQ(clock_in(scene, ClockKind::kContact).state, ClockState::kEnded);
  scene.decide(Settlement{offline, true});
  EXPECT_EQ(clock_in(scene, ClockKind::kContact).met_by->at, offline);
}

TEST(Clocks, WhatIsNotOwedIsVoid) {
  auto dispatch = plain_dispatch();
  dispatch.lead = false;
  dispatch.ruled = true;
  auto const scene = dispatched("2026-03-02T10:00:00+08:00", dispatch);
  EXPECT_EQ(clock_in(scene, ClockKind::kResolve).state, ClockState::kVoid);
  EXPECT_EQ(clock_in(scene, ClockKind::kReturn).state, ClockState::kVoid);
  EXPECT_EQ(due_in(scene, ClockKind::kResolve), "none");
  EXPECT_EQ(overdue(scene, ClockKind::kResolve), Certainty::kNo);
}

// ---- verdicts and order ---------------------------------------------------------------------------------------------

TEST(Clocks, TheDueSecondItselfIsInTime) {
  auto const due = moment("2026-03-09T17:00:00+08:00");
  EXPECT_EQ(is_after(exactly(moment("2026-03-09T17:00:00.999+08:00")), due), Certainty::kNo);
  EXPECT_EQ(is_after(exactly(moment("2026-03-09T17:00:01+08:00")), due), Certainty::kCertainly);
  EXPECT_EQ(is_after({moment("2026-03-09T16:00:00+08:00"), std::nullopt}, due), Certainty::kMaybe);
  EXPECT_EQ(is_after({moment("2026-03-09T16:00:00+08:00"), moment("2026-03-09T17:00:01+08:00")}, due),
            Certainty::kMaybe);
}

TEST(Clocks, TheEarliestDutyPressesAndTheReturnIsNone) {
  auto scene = dispatched();
  EXPECT_EQ(next_due(clocks(scene)), moment("2026-03-02T12:00:00+08:00"));
  scene.act(Acknowledgement{});
  EXPECT_EQ(next_due(clocks(scene)), moment("2026-03-05T17:00:00+08:00")) << "not the return's 03-03";
  scene.act(reached());
  scene.act(solved());
  EXPECT_FALSE(next_due(clocks(scene)));
}

TEST(Clocks, ThePolicyMovesTheStart) {
  auto scene = dispatched();
  auto const delivered = moment("2026-03-03T09:00:00+08:00");
  Policy policy;
  policy.start = ClockStart::kDelivery;
  auto const by_delivery = clocks_of(scene.state(), policy, built_in_calendar(), delivered).value();
  EXPECT_EQ(by_delivery.at(3).started_at, delivered);
  EXPECT_EQ(clocks_of(scene.state(), policy, built_in_calendar()).value().at(3).started_at,
            moment("2026-03-02T10:00:00+08:00"));
  policy.start = ClockStart::kAcknowledgement;
  scene.at("2026-03-02T11:00:00+08:00").act(Acknowledgement{});
  EXPECT_EQ(clocks(scene, policy).at(0).started_at, moment("2026-03-02T10:00:00+08:00"));
  EXPECT_EQ(clocks(scene, policy).at(3).started_at, moment("2026-03-02T11:00:00+08:00"));
}

TEST(Clocks, ReasonsNameTheExtensionAndTheLimitThatDoesNotPrevail) {
  auto scene = with_limit("2026-03-02T10:00:00+08:00", {ClockKind::kResolve, 60, LimitUnit::kWorkingDays, "法 2"});
  auto const codes = [&](ClockKind kind) {
    std::vector<std::string> found;
    for (auto const& reason : reasons_of(scene.state(), clock_in(scene, kind), measures(), built_in_calendar())) {
      found.push_back(reason.code);
    }
    return found;
  };
  EXPECT_EQ(std::ranges::count(codes(ClockKind::kResolve), "extension"), 0);
  EXPECT_EQ(std::ranges::count(codes(ClockKind::kResolve), "later_limit"), 1);
  scene.decide(ExtensionDecision{scene.act(extension(5)), true, 5});
  EXPECT_EQ(std::ranges::count(codes(ClockKind::kResolve), "extension"), 1);
  scene.decide(Pause{});
  EXPECT_TRUE(codes(ClockKind::kContact).empty()) << "an open pause leaves nothing to explain";
}

TEST(Clocks, BeyondTheCalendarIsARefusal) {
  auto const scene = dispatched("2035-03-02T10:00:00+08:00");
  auto const refused = clocks_of(scene.state(), measures(), built_in_calendar());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "outside_calendar");
}

}  // namespace
}  // namespace fieldnode::rules

#include "sync/rules/judge.h"

#include <gtest/gtest.h>

#include "tests/unit/rules/law.h"
#include "tests/unit/rules/scene.h"

namespace fieldnode::rules {
namespace {

std::string at_office(Scene const& scene, Payload const& payload, std::uint32_t blobs = 0) {
  auto const context = context_at(Side::kOffice, exactly(scene.now()));
  return code_of(judge(scene.state(), scene.draft_act(payload, blobs), context));
}

std::string decided(Scene const& scene, Payload const& payload) {
  auto const context = context_at(Side::kCentre, exactly(scene.now()));
  return code_of(judge_decision(scene.state(), scene.draft_decision(payload), context));
}

Judgement at_centre(Scene const& scene, Payload const& payload, TimeInterval proven) {
  return classify(scene.state(), scene.draft_act(payload), context_at(Side::kCentre, proven));
}

TimeInterval between(std::string_view from, std::string_view to) { return {moment(from), moment(to)}; }

// ---- contact and resolution -----------------------------------------------------------------------------------------

TEST(Judge, ResolvingNeedsASuccessfulContact) {
  auto scene = dispatched();
  EXPECT_EQ(at_office(scene, solved()), "contact_missing");
  scene.act(failed());
  EXPECT_EQ(at_office(scene, solved()), "contact_missing");
  scene.act(reached());
  EXPECT_EQ(at_office(scene, solved()), "");
}

TEST(Judge, ContactsAndResolutionsNeedTheirFields) {
  auto scene = dispatched();
  EXPECT_EQ(at_office(scene, Contact{Channel::kNone, ContactOutcome::kReached, {}}), "channel_missing");
  EXPECT_EQ(at_office(scene, Contact{Channel::kVisit, ContactOutcome::kNone, {}}), "outcome_missing");
  scene.act(reached());
  EXPECT_EQ(at_office(scene, Resolution{Degree::kYes, false, Degree::kNone, false}), "resolution_incomplete");
  EXPECT_EQ(at_office(scene, Resolution{Degree::kNone, false, Degree::kYes, false}), "resolution_incomplete");
}

TEST(Judge, OneActionCompletesAConsultation) {
  auto scene = dispatched("2026-03-02T10:00:00+08:00", plain_dispatch(CaseKind::kConsultation));
  EXPECT_EQ(at_office(scene, completed()), "");
  auto without = completed();
  without.outcome = ContactOutcome::kNoAnswer;
  EXPECT_EQ(at_office(scene, without), "contact_missing");
  without = completed();
  without.completes->unreachable = true;
  EXPECT_EQ(at_office(scene, without), "already_contacted");
  without = completed();
  without.completes->solved = Degree::kNone;
  EXPECT_EQ(at_office(scene, without), "resolution_incomplete");
  EXPECT_EQ(at_office(dispatched(), completed()), "not_a_consultation");
  scene.act(completed());
  EXPECT_EQ(scene.state().stage(), Stage::kResolved);
}

TEST(Judge, UnreachableNeedsThreeFailedAttemptsOnTwoWorkingDays) {
  auto scene = dispatched("2026-03-06T10:00:00+08:00");  // a Friday
  scene.act(failed());
  scene.act(failed());
  EXPECT_EQ(at_office(scene, unreachable()), "attempts_missing") << "two";
  scene.act(failed());
  EXPECT_EQ(at_office(scene, unreachable()), "attempts_missing") << "three on one day";
  scene.at("2026-03-07T10:00:00+08:00").act(failed());
  EXPECT_EQ(at_office(scene, unreachable()), "attempts_missing") << "a Saturday is no second working day";
  scene.at("2026-03-09T10:00:00+08:00").act(failed());
  EXPECT_EQ(at_office(scene, unreachable()), "");
}

TEST(Judge, AttemptsOnAMakeUpSaturdayCount) {
  auto scene = dispatched("2026-02-13T10:00:00+08:00");
  scene.act(failed());
  scene.act(failed());
  scene.at("2026-02-14T10:00:00+08:00").act(failed());
  EXPECT_EQ(at_office(scene, unreachable()), "");
}

TEST(Judge, OnlyTheLeadResolves) {
  auto assisting = plain_dispatch(CaseKind::kConsultation);
  assisting.lead = false;
  auto scene = dispatched("2026-03-02T10:00:00+08:00", assisting);
  EXPECT_EQ(at_office(scene, completed()), "not_lead");
  scene.act(reached());
  EXPECT_EQ(at_office(scene, solved()), "not_lead");
  EXPECT_EQ(decided(scene, Close{}), "") << "the centre closes it when the lead has done";
}

TEST(Judge, AcknowledgingTwiceIsTaken) {
  auto scene = dispatched();
  scene.act(Acknowledgement{});
  EXPECT_EQ(at_office(scene, Acknowledgement{}), "");
}

TEST(Judge, AcknowledgementContactAndResolutionAreNeverTooLate) {
  auto scene = dispatched();
  scene.at("2026-06-01T10:00:00+08:00");
  EXPECT_EQ(at_office(scene, Acknowledgement{}), "");
  EXPECT_EQ(at_office(scene, reached()), "");
  scene.act(reached());
  EXPECT_EQ(at_office(scene, solved()), "");
}

// ---- applications ---------------------------------------------------------------------------------------------------

TEST(Judge, AnExtensionNamesGroundAndDaysWithinTheLimit) {
  auto const scene = dispatched();
  EXPECT_EQ(at_office(scene, ExtensionApplication{ExtensionGround::kNone, 2}), "ground_missing");
  EXPECT_EQ(at_office(scene, extension(0)), "days_missing");
  EXPECT_EQ(at_office(scene, extension(6)), "extension_too_long");
  EXPECT_EQ(at_office(scene, extension(4'000'000'000u)), "extension_too_long");
  EXPECT_EQ(at_office(scene, extension(5)), "");
}

Scene extended(std::initializer_list<std::uint32_t> granted) {
  auto scene = dispatched();
  for (auto const days : granted) scene.decide(ExtensionDecision{scene.act(extension(days)), true, days});
  return scene;
}

TEST(Judge, TwoExtensionsAreTheMost) {
  EXPECT_EQ(at_office(extended({5}), extension(5)), "");
  EXPECT_EQ(at_office(extended({1, 1}), extension(1)), "extension_too_many");
}

TEST(Judge, TheStrictReadingCapsTheTotalAtTwiceTheLimit) {
  auto const scene = extended({5});
  Policy strict;
  strict.extension.total_times_base = 2;
  JudgeContext context{strict, built_in_calendar(), Side::kOffice, exactly(scene.now()), nullptr, nullptr, {}};
  EXPECT_EQ(code_of(judge(scene.state(), scene.draft_act(extension(1)), context)), "extension_total");
}

TEST(Judge, SpecialCircumstancesAreOutsideTheCaps) {
  auto scene = extended({5, 5});
  EXPECT_EQ(at_office(scene, SpecialApplication{40}, 0), "attachment_missing");
  EXPECT_EQ(at_office(scene, SpecialApplication{0}, 1), "days_missing");
  EXPECT_EQ(at_office(scene, SpecialApplication{40}, 1), "");
  auto fresh = dispatched();
  fresh.decide(SpecialDecision{fresh.act(SpecialApplication{40}, 1), true, 40});
  EXPECT_EQ(at_office(fresh, extension(5)), "") << "and use none of them up";
}

TEST(Judge, OneExtensionIsPendingAtATimeAReturnMayStandBeside) {
  auto scene = dispatched();
  auto const asked = scene.act(extension(1));
  EXPECT_EQ(at_office(scene, extension(1)), "application_pending");
  EXPECT_EQ(at_office(scene, not_ours()), "");
  EXPECT_EQ(at_office(scene, SpecialApplication{9}, 1), "");
  scene.act(Withdrawal{asked});
  EXPECT_EQ(at_office(scene, extension(1)), "");
}

TEST(Judge, AConsultationIsExtendedByItsOwnShorterLimit) {
  auto const scene = dispatched("2026-03-02T10:00:00+08:00", plain_dispatch(CaseKind::kConsultation));
  EXPECT_EQ(at_office(scene, extension(4)), "extension_too_long");
  EXPECT_EQ(at_office(scene, extension(3)), "");
}

/// T26, and the second of the due instant itself (D9).
TEST(Judge, AnExtensionAskedCertainlyLateIsRefused) {
  auto scene = dispatched();
  scene.at("2026-03-09T17:00:00.999+08:00");
  EXPECT_EQ(at_office(scene, extension(5)), "");
  scene.at("2026-03-09T17:00:01+08:00");
  EXPECT_EQ(at_office(scene, extension(5)), "application_late");
  auto const why = judge(scene.state(), scene.draft_act(extension(5)), context_at(Side::kOffice, exactly(scene.now())));
  EXPECT_NE(why.error().sentence.find("2026-03-09T17:00:00+08:00"), std::string::npos) << why.error().sentence;
}

/// T26, second half.
TEST(Judge, WhereTheDayEndsAtMidnightTheEveningIsInTime) {
  auto scene = dispatched();
  scene.at("2026-03-09T17:05:00+08:00");
  EXPECT_EQ(at_office(scene, extension(5)), "application_late");
  Policy policy;
  policy.day_end = DayEnd::kMidnight;
  JudgeContext context{policy, built_in_calendar(), Side::kOffice, exactly(scene.now()), nullptr, nullptr, {}};
  EXPECT_EQ(code_of(judge(scene.state(), scene.draft_act(extension(5)), context)), "");
}

TEST(Judge, AnExtensionAskedPerhapsLateIsTakenAndMarked) {
  auto const scene = dispatched();
  for (auto const side : {Side::kOffice, Side::kCentre}) {
    auto const ask = [&](TimeInterval when) {
      return classify(scene.state(), scene.draft_act(extension(5)), context_at(side, when));
    };
    auto const perhaps = ask(between("2026-03-09T16:00:00+08:00", "2026-03-12T09:00:00+08:00"));
    EXPECT_EQ(perhaps.ruling, Ruling::kAdmit);
    EXPECT_TRUE(perhaps.undetermined);
    EXPECT_TRUE(ask({moment("2026-03-09T16:00:00+08:00"), std::nullopt}).undetermined);
    auto const early = ask(between("2026-03-09T16:00:00+08:00", "2026-03-09T17:00:00+08:00"));
    EXPECT_FALSE(early.undetermined);
    auto const late = ask(between("2026-03-09T17:00:01+08:00", "2026-03-12T09:00:00+08:00"));
    EXPECT_EQ(late.why.code, "application_late");
  }
}

TEST(Judge, AnOpenPauseKeepsAnApplicationInTime) {
  auto scene = dispatched();
  scene.decide(Pause{});
  scene.at("2026-06-01T10:00:00+08:00");
  EXPECT_EQ(at_office(scene, extension(5)), "");
}

/// D12 by the story of T19: the notice of 2019-03-22 pulls the due from 04-30 to 04-29.
TEST(Judge, ACalendarThatTheNodeDidNotKnowMakesNoApplicationLate) {
  auto scene = dispatched("2019-04-23T10:00:00+08:00");
  scene.at("2019-04-30T16:00:00+08:00");
  EXPECT_EQ(at_office(scene, extension(5)), "application_late");
  Calendar const then(built_in_notices(), civil_day(2019, 3, 21));
  auto context = context_at(Side::kCentre, exactly(scene.now()));
  context.calendar_then = &then;
  EXPECT_EQ(code_of(judge(scene.state(), scene.draft_act(extension(5)), context)), "");
}

TEST(Judge, AReturnNamesItsReasonWithinOneWorkingDay) {
  auto scene = dispatched();
  EXPECT_EQ(at_office(scene, ReturnApplication{ReturnReason::kNone, {}}), "reason_missing");
  EXPECT_EQ(at_office(scene.at("2026-03-03T17:00:00+08:00"), not_ours()), "");
  EXPECT_EQ(at_office(scene.at("2026-03-03T17:00:01+08:00"), not_ours()), "application_late");
}

TEST(Judge, AfterTwoRoundsTheCentreHasRuled) {
  auto third = plain_dispatch();
  third.return_rounds = 2;
  EXPECT_EQ(at_office(dispatched("2026-03-02T10:00:00+08:00", third), not_ours()), "ruled");
  third.return_rounds = 1;
  auto scene = dispatched("2026-03-02T10:00:00+08:00", third);
  EXPECT_EQ(at_office(scene, not_ours()), "");
  auto const asked = scene.act(not_ours());
  EXPECT_EQ(decided(scene, ReturnDecision{asked, false, false}), "ruling_must_be_final");
  EXPECT_EQ(decided(scene, ReturnDecision{asked, false, true}), "");
  scene.decide(ReturnDecision{asked, false, true});
  EXPECT_EQ(at_office(scene, not_ours()), "ruled");
}

// ---- inside the unit ------------------------------------------------------------------------------------------------

TEST(Judge, AnInnerDueIsEarlierThanTheLegalOne) {
  auto const scene = dispatched();
  EXPECT_EQ(at_office(scene, StaffAssignment{{}, {}}), "staff_missing");
  EXPECT_EQ(at_office(scene, StaffAssignment{StaffId{4}, moment("2026-03-09T16:59:59+08:00")}), "");
  EXPECT_EQ(at_office(scene, StaffAssignment{StaffId{4}, moment("2026-03-09T17:00:00+08:00")}),
            "inner_due_not_earlier");
}

TEST(Judge, CorrectionsEndWhereTheCentreHasRuled) {
  auto scene = dispatched();
  auto const contact = scene.act(reached());
  Correction const correction{contact, ContactOutcome::kNoAnswer};
  EXPECT_EQ(at_office(scene, correction), "");
  EXPECT_EQ(at_office(scene, Correction{{kJournal, 99}, {}}), "unknown_act");
  auto const note = scene.act(Note{});
  EXPECT_EQ(at_office(scene, Correction{note, ContactOutcome::kNoAnswer}), "not_correctable");
  EXPECT_EQ(at_office(scene, Correction{note, {}}), "");
  auto const asked = scene.act(extension(2));
  EXPECT_EQ(at_office(scene, Correction{asked, {}}), "");
  scene.decide(ExtensionDecision{asked, false, 0});
  EXPECT_EQ(at_office(scene, Correction{asked, {}}), "already_ruled");
  EXPECT_EQ(at_office(scene, Withdrawal{asked}), "already_ruled");
  scene.act(solved());
  EXPECT_EQ(at_office(scene, correction), "");
  scene.decide(happy());
  EXPECT_EQ(at_office(scene, correction), "already_ruled");
}

TEST(Judge, ConfirmingUnreachableRulesOnTheAttempts) {
  auto scene = dispatched();
  auto const attempt = scene.act(failed());
  scene.act(failed());
  scene.at("2026-03-03T10:00:00+08:00").act(failed());
  auto const claim = scene.act(unreachable());
  EXPECT_EQ(at_office(scene, Correction{attempt, ContactOutcome::kWrongNumber}), "");
  scene.decide(UnreachableDecision{claim, true});
  EXPECT_EQ(at_office(scene, Correction{attempt, ContactOutcome::kWrongNumber}), "already_ruled");
}

TEST(Judge, ARefusedActIsNotCorrected) {
  auto scene = dispatched();
  auto const contact = scene.act(reached());
  scene.decide(RefusalOfAct{contact, "channel_missing"});
  EXPECT_EQ(at_office(scene, Correction{contact, ContactOutcome::kNoAnswer}), "no_effect_to_correct");
}

// ---- the end --------------------------------------------------------------------------------------------------------

TEST(Judge, TheOfficeKnowsTheEndAndRefuses) {
  auto scene = dispatched();
  scene.decide(TakeBack{});
  EXPECT_EQ(at_office(scene, Acknowledgement{}), "assignment_ended");
}

TEST(Judge, TheCentreTellsIgnoranceOfTheEndFromDefiance) {
  auto scene = dispatched();
  scene.decide(TakeBack{});
  auto act = scene.draft_act(reached());
  auto const ruling = [&] {
    return classify(scene.state(), act, context_at(Side::kCentre, exactly(scene.now()))).ruling;
  };
  EXPECT_EQ(ruling(), Ruling::kRefuse) << "the feed up to the take-back was known";
  act.basis.seq = 1;
  EXPECT_EQ(ruling(), Ruling::kConflict);
  act.previewed = 2;
  EXPECT_EQ(ruling(), Ruling::kRefuse) << "the take-back was known by preview";
}

TEST(Judge, KnowledgeIsComparedAcrossFeedEpochs) {
  auto scene = dispatched();
  scene.decide(TakeBack{});
  auto act = scene.draft_act(reached());
  EpochOrder const feeds({{Epoch{0x21}}, {kFeed}, {Epoch{0x23}}});
  auto context = context_at(Side::kCentre, exactly(scene.now()));
  context.feeds = &feeds;
  act.basis = {Epoch{0x21}, 900};
  EXPECT_EQ(classify(scene.state(), act, context).ruling, Ruling::kConflict);
  act.basis = {Epoch{0x23}, 1};
  EXPECT_EQ(classify(scene.state(), act, context).ruling, Ruling::kRefuse);
}

TEST(Judge, AReAppendOfAHeldActIsAdmittedWhateverItIs) {
  auto scene = dispatched();
  scene.act(reached());
  auto const first = scene.act(solved());
  auto again = scene.draft_act(solved());
  again.origin = first;
  auto const context = context_at(Side::kCentre, exactly(scene.now()));
  EXPECT_EQ(classify(scene.state(), again, context).ruling, Ruling::kAdmit) << "the fold counts it once";
  again.origin = Position{kJournal, 99};
  EXPECT_EQ(classify(scene.state(), again, context).why.code, "already_resolved");
}

// ---- the entry itself -----------------------------------------------------------------------------------------------

TEST(Judge, WhatIsNoActIsSetAside) {
  auto const scene = dispatched();
  auto const now = exactly(scene.now());
  EXPECT_EQ(at_centre(scene, UnknownPayload{}, now).ruling, Ruling::kSetAside);
  EXPECT_EQ(at_centre(scene, TakeBack{}, now).ruling, Ruling::kSetAside);
  EXPECT_EQ(at_centre(scene, TakeBack{}, now).why.code, "not_an_act");
}

TEST(Judge, EntriesNameAnAssignmentWhereTheyMust) {
  auto const scene = dispatched();
  auto const office = context_at(Side::kOffice, exactly(scene.now()));
  auto const on_none = [&](Payload const& payload) {
    auto act = scene.draft_act(payload);
    act.assignment = {};
    return code_of(judge({}, act, office));
  };
  EXPECT_EQ(on_none(Acknowledgement{}), "no_assignment");
  EXPECT_EQ(on_none(Anomaly{AnomalyKind::kReboot, 0}), "");
  EXPECT_EQ(on_none(StaffChange{{}, StaffRole::kClerk, false}), "staff_missing");
  EXPECT_EQ(on_none(Unmasking{}), "");
  EXPECT_EQ(at_office(scene, Anomaly{AnomalyKind::kReboot, 0}), "not_on_assignment");
  EXPECT_EQ(decided(scene, PolicyVersion{"measures-v1"}), "not_on_assignment");
  auto policy = scene.draft_decision(PolicyVersion{"measures-v1"});
  policy.assignment = {};
  EXPECT_EQ(code_of(judge_decision({}, policy, office)), "");
  auto pause = scene.draft_decision(Pause{});
  pause.assignment = {};
  EXPECT_EQ(code_of(judge_decision({}, pause, office)), "no_assignment");
}

TEST(Judge, AForeignAssignmentIsUnknown) { EXPECT_EQ(at_office(Scene{}, Acknowledgement{}), "unknown_assignment"); }

// ---- decisions ------------------------------------------------------------------------------------------------------

TEST(JudgeDecision, ADispatchNeedsCategoryKindAndSoundLimits) {
  Scene const scene;
  auto dispatch = plain_dispatch();
  EXPECT_EQ(decided(scene, dispatch), "");
  dispatch.limits = {{ClockKind::kResolve, 0, LimitUnit::kWorkingDays, ""}};
  EXPECT_EQ(decided(scene, dispatch), "limit_missing");
  dispatch.kind = CaseKind::kNone;
  EXPECT_EQ(decided(scene, dispatch), "category_missing");
  EXPECT_EQ(decided(dispatched(), plain_dispatch()), "already_dispatched");
}

TEST(JudgeDecision, GrantsKeepToWhatWasAsked) {
  auto scene = dispatched();
  EXPECT_EQ(decided(scene, ExtensionDecision{{kJournal, 1}, true, 1}), "no_pending_application");
  auto const asked = scene.act(extension(3));
  EXPECT_EQ(decided(scene, ExtensionDecision{{kJournal, 99}, true, 1}), "no_pending_application");
  EXPECT_EQ(decided(scene, ExtensionDecision{asked, true, 4}), "more_than_asked");
  EXPECT_EQ(decided(scene, ExtensionDecision{asked, true, 0}), "days_missing");
  EXPECT_EQ(decided(scene, ExtensionDecision{asked, true, 2}), "");
  EXPECT_EQ(decided(scene, ExtensionDecision{asked, false, 0}), "");
}

TEST(JudgeDecision, AnActIsJudgedOnce) {
  auto scene = dispatched();
  auto const act = scene.act(reached());
  EXPECT_EQ(decided(scene, RefusalOfAct{{}, "ruled"}), "target_missing");
  EXPECT_EQ(decided(scene, RefusalOfAct{act, "ruled"}), "");
  scene.decide(RefusalOfAct{act, "ruled"});
  EXPECT_EQ(decided(scene, Conflict{act}), "already_judged");
  EXPECT_EQ(decided(scene, Settlement{act, true}), "no_conflict");
  EXPECT_EQ(decided(scene, Adopt{act}), "not_set_aside");
}

TEST(JudgeDecision, AnActIsNoDecision) { EXPECT_EQ(decided(dispatched(), Note{}), "not_a_decision"); }

TEST(JudgeDecision, EntriesOnRecordNeedTheirFields) {
  auto scene = dispatched();
  EXPECT_EQ(decided(scene, SupervisionNote{SupervisionGround::kNone, false}), "ground_missing");
  EXPECT_EQ(decided(scene, Redact{}), "target_missing");
  scene.act(reached());
  scene.act(solved());
  EXPECT_EQ(decided(scene, CallBack{true, Degree::kNone, Degree::kNone}), "outcome_missing");
  EXPECT_EQ(decided(scene, CallBack{false, Degree::kNone, Degree::kNone}), "");
  scene.decide(unhappy());
  EXPECT_EQ(decided(scene, Redo{}), "next_missing");
}

}  // namespace
}  // namespace fieldnode::rules

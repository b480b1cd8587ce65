#include "node/central/intake_desk.h"

#include <gtest/gtest.h>

#include "tests/unit/central/central_world.h"

namespace fieldnode::central {
namespace {

using rules::ReturnReason;

constexpr StaffId kFirst{1};
constexpr StaffId kSecond{2};

struct Intake : testing::Test {
  Intake() { (void)world.add_unit("BH"); }

  [[nodiscard]] std::string refuse(CaseId which, RefusalForm const& form, StaffId who = kFirst) {
    return code_of(world.intakes.refuse_case(who, world.fresh(), which, form, world.now));
  }
  [[nodiscard]] std::string rule(CaseId which, bool confirmed, StaffId who) {
    return code_of(world.intakes.rule_refusal(who, world.fresh(), which, confirmed, world.now));
  }
  [[nodiscard]] std::string dispatch(CaseId which) {
    auto const done = world.desk.dispatch({}, world.fresh(), which, "BH", {}, world.now);
    return done ? "" : done.error().code;
  }
  [[nodiscard]] CaseState state(CaseId which) { return world.case_now(which).state; }
  static std::string code_of(Result<void> const& done) { return done ? "" : done.error().code; }
  static RefusalForm plain(ReturnReason code) { return {code, "请向有关部门反映", {}, {}}; }

  CentralWorld world;
  CaseId id{world.add_case("first").id};
};

struct CodeRow {
  ReturnReason code;
  std::string referred_to;
  bool earlier;
  std::string without;  ///< what is said when the last two are left out
  CaseState state;      ///< with them
};

TEST_F(Intake, EachCodeDemandsWhatTheMeasuresSay) {
  std::vector<CodeRow> const table{
      {ReturnReason::kN1, "自然资源部", false, "referral_missing", CaseState::kRefused},
      {ReturnReason::kN2, "119", false, "not_an_emergency_line", CaseState::kRefused},
      {ReturnReason::kN3, "市人大信访室", false, "referral_missing", CaseState::kRefused},
      {ReturnReason::kN4, "行政复议", false, "referral_missing", CaseState::kRefused},
      {ReturnReason::kN5, "", false, "", CaseState::kRefused},
      {ReturnReason::kN6, "", true, "earlier_case_missing", CaseState::kRefused},
      {ReturnReason::kN7, "", false, "", CaseState::kNew},
      {ReturnReason::kN8, "", false, "", CaseState::kIncomplete},
      {ReturnReason::kN9, "", false, "", CaseState::kRefused},
  };
  for (auto const& row : table) {
    auto const number = static_cast<int>(row.code);
    auto const one = world.add_case(world.fresh()).id;
    auto form = plain(row.code);
    form.text.clear();
    EXPECT_EQ(refuse(one, form), "text_missing") << number;
    form.text = "已告知";
    if (!row.without.empty()) {
      EXPECT_EQ(refuse(one, form), row.without) << number;
      EXPECT_EQ(state(one), CaseState::kNew) << number;
    }
    form.referred_to = row.referred_to;
    if (row.earlier) form.earlier_case = id;
    EXPECT_EQ(refuse(one, form), "") << number;
    EXPECT_EQ(state(one), row.state) << number;
    EXPECT_EQ(world.case_now(one).refusal->text, "已告知") << number;
  }
  EXPECT_TRUE(world.store.verify());
}

TEST_F(Intake, OnlyLinesOfThePolicyAreEmergencyLines) {
  EXPECT_EQ(refuse(id, {ReturnReason::kN2, "已转接", "12345", {}}), "not_an_emergency_line");
  EXPECT_EQ(refuse(id, {ReturnReason::kN2, "已转接", "110", {}}), "");
}

TEST_F(Intake, OnlyTheNineCodesOfIntakeRefuse) {
  EXPECT_EQ(refuse(id, plain(ReturnReason::kNotOurs)), "bad_refusal_code");
  EXPECT_EQ(refuse(id, plain(ReturnReason::kNone)), "bad_refusal_code");
}

TEST_F(Intake, AnEarlierCaseIsOneThatIsHereAndAnother) {
  EXPECT_EQ(refuse(id, {ReturnReason::kN6, "此前已答复", {}, id}), "earlier_case_missing");
  EXPECT_EQ(refuse(id, {ReturnReason::kN6, "此前已答复", {}, CaseId{99}}), "earlier_case_missing");
  auto const earlier = world.add_case("earlier").id;
  ASSERT_EQ(refuse(id, {ReturnReason::kN6, "此前已答复", {}, earlier}), "");
  EXPECT_EQ(world.store.case_file(id)->line.earlier->id, earlier);
}

TEST_F(Intake, ARefusalSaysWhoWhenAndWhatAndIsCounted) {
  world.pass(Milliseconds(60'000));
  ASSERT_EQ(refuse(id, {ReturnReason::kN3, "请向法院反映", "区法院", {}}), "");
  CaseRefusal const expected{.code = ReturnReason::kN3,
                             .text = "请向法院反映",
                             .referred_to = "区法院",
                             .earlier_case = {},
                             .staff = kFirst,
                             .at = world.now,
                             .standing = RefusalStanding::kStands,
                             .ruled_by = {},
                             .ruled_at = {}};
  EXPECT_EQ(world.case_now(id).refusal, expected);
  EXPECT_EQ(world.store.counts().refusals, (std::map<ReturnReason, std::uint64_t>{{ReturnReason::kN3, 1}}));
  EXPECT_EQ(world.store.counts().cases, (std::map<CaseState, std::uint64_t>{{CaseState::kRefused, 1}}));
}

TEST_F(Intake, WhatN5RefusesIsNotRecorded) {
  auto const part = world.add_case("part").id;
  ASSERT_TRUE(world.merges.merge(kFirst, world.fresh(), part, id, world.now));
  ASSERT_EQ(refuse(id, plain(ReturnReason::kN5)), "");
  for (auto const emptied : {id, part}) {
    auto const record = world.case_now(emptied);
    EXPECT_EQ(record.title + record.text + record.place, "");
    EXPECT_FALSE(record.number.empty()) << "the skeleton stays";
    EXPECT_TRUE(world.store.contact_of(emptied).empty());
  }
  auto const keys = world.writer.connection().prepare("SELECT count(*) FROM data_key WHERE unit = 0").one<int>();
  EXPECT_EQ(keys, 0) << "an older copy of the file opens no more";
  EXPECT_TRUE(world.store.verify());
}

TEST_F(Intake, ASecondPersonConfirmsN7) {
  ASSERT_EQ(refuse(id, plain(ReturnReason::kN7)), "");
  EXPECT_TRUE(world.case_now(id).refusal_pending());
  EXPECT_TRUE(world.store.counts().refusals.empty()) << "not yet a refusal";
  EXPECT_EQ(dispatch(id), "refusal_pending");
  EXPECT_EQ(refuse(id, plain(ReturnReason::kN9), kSecond), "refusal_pending");
  EXPECT_EQ(rule(id, true, kFirst), "same_person");
  EXPECT_EQ(rule(id, true, kSecond), "");
  EXPECT_EQ(state(id), CaseState::kRefused);
  EXPECT_EQ(world.case_now(id).refusal->ruled_by, kSecond);
  EXPECT_EQ(rule(id, false, kSecond), "no_pending_refusal");
  EXPECT_TRUE(world.store.verify());
}

TEST_F(Intake, ADeniedN7LeavesTheCaseNewAndTheRefusalInItsHistory) {
  ASSERT_EQ(refuse(id, plain(ReturnReason::kN7)), "");
  EXPECT_EQ(rule(id, false, kSecond), "");
  EXPECT_EQ(state(id), CaseState::kNew);
  EXPECT_FALSE(world.case_now(id).refusal);
  auto const history = world.store.case_file(id)->refusals;
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history.front().standing, RefusalStanding::kDenied);
  EXPECT_EQ(history.front().ruled_by, kSecond);
  EXPECT_EQ(dispatch(id), "");
}

TEST_F(Intake, AnIncompleteCaseIsDispatchedOnceItIsComplete) {
  CompletionForm const more{
      .title = {}, .text = {}, .place = "幸福路 21 号", .contact = {{wire::ContactTag::kTelephone, "13900139000"}}};
  auto const complete = [&](CompletionForm const& form) {
    return code_of(world.intakes.complete(kFirst, world.fresh(), id, form, world.now));
  };
  EXPECT_EQ(complete(more), "case_not_incomplete");
  ASSERT_EQ(refuse(id, plain(ReturnReason::kN8)), "");
  EXPECT_EQ(dispatch(id), "case_incomplete");
  EXPECT_EQ(complete({}), "completion_empty");
  ASSERT_EQ(complete(more), "");
  EXPECT_EQ(state(id), CaseState::kNew);
  EXPECT_EQ(world.case_now(id).title, "路灯不亮") << "what was not filled in stays";
  EXPECT_EQ(world.case_now(id).place, "幸福路 21 号");
  CaseContact const expected{{wire::ContactTag::kName, "李明"}, {wire::ContactTag::kTelephone, "13900139000"}};
  EXPECT_EQ(world.store.contact_of(id), expected);
  EXPECT_EQ(dispatch(id), "");
  EXPECT_TRUE(world.store.verify());
}

TEST_F(Intake, AnIncompleteCaseMayBeRefusedAnew) {
  ASSERT_EQ(refuse(id, plain(ReturnReason::kN8)), "");
  ASSERT_EQ(refuse(id, plain(ReturnReason::kN9)), "");
  EXPECT_EQ(state(id), CaseState::kRefused);
  auto const history = world.store.case_file(id)->refusals;
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history.front().standing, RefusalStanding::kEnded);
  EXPECT_EQ(world.store.counts().refusals, (std::map<ReturnReason, std::uint64_t>{{ReturnReason::kN9, 1}}));
}

TEST_F(Intake, OnlyACaseThatNoUnitHasIsRefused) {
  ASSERT_EQ(dispatch(id), "");
  EXPECT_EQ(refuse(id, plain(ReturnReason::kN9)), "already_dispatched");
  auto const assignment = world.store.assignments_of(id).front().id;
  ASSERT_TRUE(world.decisions.decide({}, world.fresh(), assignment,
                                     {rules::EntryKind::kTakeBack, rules::TakeBack{}, "退回"}, world.now));
  EXPECT_EQ(refuse(id, plain(ReturnReason::kN9)), "") << "taken back, no unit has it";
  EXPECT_EQ(refuse(id, plain(ReturnReason::kN9)), "case_refused");
  EXPECT_EQ(dispatch(id), "case_refused");
  EXPECT_TRUE(world.store.verify());
}

TEST_F(Intake, OfARefusalAndADispatchAtTheSameMomentOneWins) {
  auto const other = world.add_case("other").id;
  ASSERT_EQ(dispatch(id), "");
  EXPECT_EQ(refuse(id, plain(ReturnReason::kN9)), "already_dispatched");
  ASSERT_EQ(refuse(other, plain(ReturnReason::kN9)), "");
  EXPECT_EQ(dispatch(other), "case_refused");
  EXPECT_EQ(world.store.assignments_of(other).size(), 0U);
}

TEST_F(Intake, ARepeatDoesNothingTwiceAndAnIdIsGoodForOneThing) {
  auto const form = plain(ReturnReason::kN9);
  ASSERT_TRUE(world.intakes.refuse_case(kFirst, "r", id, form, world.now));
  ASSERT_TRUE(world.intakes.refuse_case(kFirst, "r", id, form, world.now + Milliseconds(1'000)));
  EXPECT_EQ(world.store.case_file(id)->refusals.size(), 1U);
  EXPECT_EQ(code_of(world.intakes.refuse_case(kSecond, "r", id, form, world.now)), "request_id_reused");
  EXPECT_EQ(code_of(world.intakes.refuse_case(kFirst, "", id, form, world.now)), "bad_request_id");
  EXPECT_EQ(code_of(world.intakes.refuse_case(kFirst, "s", CaseId{77}, form, world.now)), "unknown_case");
}

TEST_F(Intake, AListenerIsToldWhichCaseChanged) {
  std::vector<StoreChange> told;
  world.store.on_change([&](StoreChange const& change) { told.push_back(change); });
  ASSERT_EQ(refuse(id, plain(ReturnReason::kN9)), "");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].cases, std::set{id});
  EXPECT_FALSE(told[0].unit);
  EXPECT_EQ(refuse(id, plain(ReturnReason::kN9)), "case_refused");
  EXPECT_EQ(told.size(), 1U) << "what was refused changed nothing";
}

TEST_F(Intake, SeeingACitizensDataIsWrittenDownOnce) {
  auto const seen = world.unmaskings.unmask(kSecond, "u", id, "回访", world.now);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->at(1).text, "13800138000");
  ASSERT_TRUE(world.unmaskings.unmask(kSecond, "u", id, "回访", world.now));
  auto const log = world.store.case_file(id)->unmaskings;
  ASSERT_EQ(log.size(), 1U);
  EXPECT_EQ(log[0].staff, kSecond);
  EXPECT_EQ(log[0].at, world.now);
  EXPECT_EQ(log[0].reason, "回访");
  EXPECT_EQ(world.unmaskings.unmask(kSecond, "v", CaseId{9}, "回访", world.now).error().code, "unknown_case");
}

}  // namespace
}  // namespace fieldnode::central

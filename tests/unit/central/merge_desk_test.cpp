#include "node/central/merge_desk.h"

#include <gtest/gtest.h>

#include "tests/unit/central/central_world.h"

namespace fieldnode::central {
namespace {

using rules::EntryKind;

struct Merging : testing::Test {
  Merging() {
    (void)world.add_unit("BH");
    (void)world.add_unit("QS");
  }

  [[nodiscard]] std::string merge(CaseId from, CaseId into) {
    auto const done = world.merges.merge(StaffId{3}, world.fresh(), from, into, world.now);
    return done ? "" : done.error().code;
  }
  AssignmentId dispatch(CaseId id, std::string const& unit) {
    return world.desk.dispatch({}, world.fresh(), id, unit, {}, world.now).value().assignment;
  }
  void take_back(AssignmentId id) {
    ASSERT_TRUE(
        world.decisions.decide({}, world.fresh(), id, {EntryKind::kTakeBack, rules::TakeBack{}, ""}, world.now));
  }
  /// What the entries on the assignment after its dispatch say as notes.
  [[nodiscard]] std::vector<std::string> notes_on(AssignmentId id) {
    std::vector<std::string> notes;
    auto const dossier = world.store.dossier(id);
    for (auto const& entry : dossier->feed) {
      if (entry.skeleton.kind != EntryKind::kCaseUpdate) continue;
      notes.push_back(wire::decode_body(entry.entry.body.bytes)->text(wire::TextTag::kNote));
    }
    return notes;
  }

  CentralWorld world;
  CaseRecord one{world.add_case("one")};
  CaseRecord two{world.add_case("two")};
  CaseRecord three{world.add_case("three")};
};

TEST_F(Merging, TheCaseBecomesPartOfTheOther) {
  ASSERT_EQ(merge(two.id, one.id), "");
  EXPECT_EQ(world.case_now(two.id).state, CaseState::kMerged);
  auto const part = world.store.case_file(two.id);
  EXPECT_EQ(part->line.merged_into->number, one.number);
  auto const whole = world.store.case_file(one.id);
  ASSERT_EQ(whole->merged.size(), 1U);
  EXPECT_EQ(whole->merged[0].id, two.id);
  EXPECT_EQ(whole->line.record.state, CaseState::kNew);
  EXPECT_TRUE(world.store.verify());
}

TEST_F(Merging, TheUnitThatHasTheOtherCaseIsTold) {
  auto const held = dispatch(one.id, "BH");
  ASSERT_EQ(merge(two.id, one.id), "");
  std::string const expected = "并单 " + two.number + "：" + two.title + "\n" + two.text + "\n" + two.place;
  EXPECT_EQ(notes_on(held), std::vector{expected});
  EXPECT_TRUE(world.store.dossier(held)->feed.back().entry.contact.form == wire::PartForm::kEmpty)
      << "the caller's data stays at the centre";
  EXPECT_TRUE(world.store.verify());
}

TEST_F(Merging, AUnitThatGetsTheCaseLaterIsToldThen) {
  ASSERT_EQ(merge(two.id, one.id), "");
  EXPECT_EQ(notes_on(dispatch(one.id, "QS")).size(), 1U);
}

TEST_F(Merging, WhatWasMergedBeforeGoesAlong) {
  ASSERT_EQ(merge(three.id, two.id), "");
  auto const held = dispatch(one.id, "BH");
  ASSERT_EQ(merge(two.id, one.id), "");
  EXPECT_EQ(notes_on(held).size(), 2U);
  EXPECT_EQ(world.case_now(three.id).merged_into, one.id) << "a case is part of one that is part of none";
  EXPECT_EQ(world.store.case_file(one.id)->merged.size(), 2U);
}

TEST_F(Merging, NothingIsMergedIntoItselfOrIntoWhatIsGone) {
  EXPECT_EQ(merge(one.id, one.id), "merge_into_itself");
  EXPECT_EQ(merge(one.id, CaseId{99}), "unknown_case");
  ASSERT_TRUE(
      world.intakes.refuse_case({}, world.fresh(), two.id, {rules::ReturnReason::kN9, "已调解", {}, {}}, world.now));
  EXPECT_EQ(merge(one.id, two.id), "bad_merge_target");
  ASSERT_EQ(merge(three.id, one.id), "");
  auto const four = world.add_case("four");
  EXPECT_EQ(merge(four.id, three.id), "bad_merge_target");
}

TEST_F(Merging, OnlyACaseThatNoUnitHasIsMerged) {
  (void)dispatch(one.id, "BH");
  EXPECT_EQ(merge(one.id, two.id), "already_dispatched");
  ASSERT_EQ(merge(two.id, three.id), "");
  EXPECT_EQ(merge(two.id, one.id), "case_merged");
  EXPECT_EQ(world.desk.dispatch({}, world.fresh(), two.id, "BH", {}, world.now).error().code, "case_merged");
}

TEST_F(Merging, AnIncompleteCaseMayBecomePartOfAnother) {
  ASSERT_TRUE(
      world.intakes.refuse_case({}, world.fresh(), two.id, {rules::ReturnReason::kN8, "缺地址", {}, {}}, world.now));
  ASSERT_EQ(merge(two.id, one.id), "");
  EXPECT_EQ(world.case_now(two.id).state, CaseState::kMerged);
  EXPECT_FALSE(world.case_now(two.id).refusal);
  EXPECT_TRUE(world.store.counts().refusals.empty());
  EXPECT_TRUE(world.store.verify());
}

TEST_F(Merging, ACaseThatWasTakenBackTakesOthersInAndTellsNobody) {
  auto const held = dispatch(one.id, "BH");
  take_back(held);
  ASSERT_EQ(merge(two.id, one.id), "");
  EXPECT_TRUE(notes_on(held).empty()) << "the unit has no business with it any more";
  EXPECT_EQ(notes_on(dispatch(one.id, "QS")).size(), 1U);
}

/// A store in which something happens between the look at who has the case and the transaction.
class MovingStore : public SqliteCentralStore {
 public:
  MovingStore(CentralWorld& world, std::function<void()> between)
      : SqliteCentralStore(world.writer, *world.readers, world.vault, world.random, world.book),
        between_(std::move(between)) {}

  [[nodiscard]] std::vector<AssignmentRow> assignments_of(CaseId id) override {
    auto rows = SqliteCentralStore::assignments_of(id);
    if (between_) between_();
    return rows;
  }

 private:
  std::function<void()> between_;
};

TEST_F(Merging, TakenBackInBetweenTheMergeIsDoneWithoutTheUnit) {
  auto const held = dispatch(one.id, "BH");
  bool done = false;
  MovingStore store(world, [&] {
    if (!std::exchange(done, true)) take_back(held);
  });
  ASSERT_TRUE(MergeDesk(store).merge({}, "m", two.id, one.id, world.now));
  EXPECT_TRUE(notes_on(held).empty());
  EXPECT_EQ(world.case_now(two.id).state, CaseState::kMerged);
}

TEST_F(Merging, DispatchedInBetweenTheUnitIsTold) {
  AssignmentId held;
  MovingStore store(world, [&] {
    if (!held) held = dispatch(one.id, "QS");
  });
  ASSERT_TRUE(MergeDesk(store).merge({}, "m", two.id, one.id, world.now));
  EXPECT_EQ(notes_on(held).size(), 1U);
  EXPECT_TRUE(world.store.verify());
}

TEST_F(Merging, ACaseThatNeverRestsIsLeftAloneAndNothingIsKept) {
  AssignmentId held;
  MovingStore store(world, [&] {
    if (held)
      take_back(std::exchange(held, {}));
    else
      held = dispatch(one.id, "BH");
  });
  EXPECT_EQ(MergeDesk(store).merge({}, "m", two.id, one.id, world.now).error().code, "case_moves");
  EXPECT_EQ(world.case_now(two.id).state, CaseState::kNew);
  EXPECT_TRUE(world.merges.merge({}, "m", two.id, one.id, world.now)) << "the request may be made again";
}

TEST_F(Merging, ARepeatTellsTheUnitOnce) {
  auto const held = dispatch(one.id, "BH");
  ASSERT_TRUE(world.merges.merge({}, "m", two.id, one.id, world.now));
  ASSERT_TRUE(world.merges.merge({}, "m", two.id, one.id, world.now));
  EXPECT_EQ(notes_on(held).size(), 1U);
}

}  // namespace
}  // namespace fieldnode::central

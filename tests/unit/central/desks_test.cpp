#include <gtest/gtest.h>

#include "node/lists/entry_lists.h"
#include "node/lists/readable.h"
#include "tests/unit/central/central_world.h"

namespace fieldnode::central {
namespace {

using rules::EntryKind;

TEST(DispatchDesk, TheSameRequestGivesTheSameCase) {
  CentralWorld world;
  auto const first = world.add_case("r-1");
  EXPECT_EQ(world.add_case("r-1").id, first.id);
  EXPECT_NE(world.add_case("r-2").id, first.id);
  EXPECT_EQ(world.store.cases({}).total, 2U);
  EXPECT_EQ(first.number, "20261008-000001");
}

TEST(DispatchDesk, ARequestIdIsNotGoodForSomethingElse) {
  CentralWorld world;
  (void)world.add_case("r-1");
  CaseForm form{.title = "other", .category = rules::Category::kA1, .kind = rules::CaseKind::kHelp};
  EXPECT_EQ(world.desk.create_case({}, "r-1", form, world.now).error().code, "request_id_reused");
  EXPECT_EQ(world.desk.create_case({}, "", form, world.now).error().code, "bad_request_id");
  EXPECT_EQ(world.desk.create_case({}, std::string(65, 'x'), form, world.now).error().code, "bad_request_id");
}

TEST(DispatchDesk, ACaseWithoutCategoryOrKindIsNotTaken) {
  CentralWorld world;
  CaseForm const no_kind{.title = "x", .category = rules::Category::kA1};
  CaseForm const no_category{.title = "x", .kind = rules::CaseKind::kHelp};
  EXPECT_EQ(world.desk.create_case({}, "a", no_kind, world.now).error().code, "category_missing");
  EXPECT_EQ(world.desk.create_case({}, "b", no_category, world.now).error().code, "category_missing");
}

TEST(DispatchDesk, ACaseIsWithOneUnitAtATime) {
  CentralWorld world;
  (void)world.add_unit("BH");
  (void)world.add_unit("QS");
  auto const record = world.add_case("c");
  ASSERT_TRUE(world.desk.dispatch({}, "d-1", record.id, "BH", {}, world.now));
  EXPECT_EQ(world.store.find_case(record.id)->state, CaseState::kDispatched);
  EXPECT_EQ(world.desk.dispatch({}, "d-2", record.id, "QS", {}, world.now).error().code, "already_dispatched");
  EXPECT_EQ(world.desk.dispatch({}, "d-3", CaseId{99}, "QS", {}, world.now).error().code, "unknown_case");
  EXPECT_EQ(world.desk.dispatch({}, "d-4", record.id, "XX", {}, world.now).error().code, "unknown_unit");
}

TEST(DispatchDesk, ARepeatedDispatchAppendsNothing) {
  CentralWorld world;
  auto const unit = world.add_unit("BH");
  auto const record = world.add_case("c");
  auto const first = world.desk.dispatch({}, "d", record.id, "BH", {}, world.now);
  auto const head = world.store.feed_head(unit.id);
  auto const again = world.desk.dispatch({}, "d", record.id, "BH", {}, world.now + Milliseconds(1'000));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->assignment, first->assignment);
  EXPECT_EQ(again->entry, first->entry);
  EXPECT_EQ(world.store.feed_head(unit.id), head);
}

TEST(DispatchDesk, CategoriesOfThePolicyAreConfidential) {
  CentralWorld world;
  (void)world.add_unit("BH");
  CaseForm const form{.title = "态度恶劣", .category = rules::Category::kA3, .kind = rules::CaseKind::kComplaint};
  auto const record = world.desk.create_case({}, "c", form, world.now).value();
  auto const id = world.desk.dispatch({}, "d", record.id, "BH", {}, world.now)->assignment;
  EXPECT_TRUE(world.store.dossier(id)->state.dispatch.confidential);
}

TEST(DecisionDesk, ATakenBackCaseGoesToTheNextUnit) {
  CentralWorld world;
  (void)world.add_unit("BH");
  (void)world.add_unit("QS");
  auto const first = world.dispatched("BH");
  auto const case_id = world.store.find_assignment(first)->case_id;
  ASSERT_TRUE(
      world.decisions.decide({}, "t", first, {EntryKind::kTakeBack, rules::TakeBack{}, "not theirs"}, world.now));
  EXPECT_EQ(world.store.find_assignment(first)->stage, rules::Stage::kTakenBack);
  EXPECT_EQ(world.store.find_case(case_id)->state, CaseState::kNew);
  EXPECT_TRUE(world.desk.dispatch({}, "d-2", case_id, "QS", {}, world.now));
  EXPECT_EQ(world.store.assignments_of(case_id).size(), 2U);
  EXPECT_TRUE(world.store.verify());
}

TEST(DecisionDesk, ADecisionIsJudgedAndItsRepeatDoesNothing) {
  CentralWorld world;
  (void)world.add_unit("BH");
  auto const id = world.dispatched("BH");
  DecisionForm const resume{EntryKind::kResume, rules::Resume{}, ""};
  EXPECT_EQ(world.decisions.decide({}, "r", id, resume, world.now).error().code, "not_paused");
  DecisionForm const pause{EntryKind::kPause, rules::Pause{}, "flood"};
  auto const first = world.decisions.decide({}, "p", id, pause, world.now);
  ASSERT_TRUE(first);
  EXPECT_EQ(world.decisions.decide({}, "p", id, pause, world.now)->entry, first->entry);
  EXPECT_EQ(world.decisions.decide({}, "p2", id, pause, world.now).error().code, "already_paused");
  EXPECT_TRUE(world.decisions.decide({}, "r", id, resume, world.now));
  EXPECT_EQ(world.store.dossier(id)->feed.size(), 3U);
}

TEST(DecisionDesk, ARulingOnTheOnlyPendingApplicationNeedsNoPlace) {
  CentralWorld world;
  NodeByHand node(world, world.add_unit("BH"));
  auto const id = world.dispatched("BH");
  ASSERT_TRUE(node.exchange());
  DecisionForm const grant{EntryKind::kExtensionDecision, rules::ExtensionDecision{.granted = true}, "agreed"};
  EXPECT_EQ(world.decisions.decide({}, "e-0", id, grant, world.now).error().code, "no_pending_application");
  node.act(EntryKind::kAcknowledgement, id, rules::Acknowledgement{}, node.feed.seq);
  node.act(EntryKind::kExtensionApplication, id,
           rules::ExtensionApplication{.ground = rules::ExtensionGround::kSiteWork, .days = 3}, node.feed.seq);
  ASSERT_TRUE(node.exchange());
  EXPECT_TRUE(world.store.find_assignment(id)->awaits);
  auto const decided = world.decisions.decide({}, "e-1", id, grant, world.now);
  ASSERT_TRUE(decided) << decided.error().sentence;
  auto const dossier = world.store.dossier(id);
  ASSERT_EQ(dossier->state.granted.size(), 1U);
  EXPECT_EQ(dossier->state.granted[0].days, 3U);
  EXPECT_FALSE(dossier->row.awaits);
}

TEST(DecisionDesk, AnActMadeWithoutKnowingTheTakeBackWaitsForAnOperator) {
  CentralWorld world;
  NodeByHand node(world, world.add_unit("BH"));
  auto const id = world.dispatched("BH");
  ASSERT_TRUE(node.exchange());
  ASSERT_TRUE(world.decisions.decide({}, "t", id, {EntryKind::kTakeBack, rules::TakeBack{}, ""}, world.now));
  node.act(EntryKind::kContact, id,
           rules::Contact{.channel = rules::Channel::kTelephone, .outcome = rules::ContactOutcome::kReached},
           node.feed.seq);
  ASSERT_TRUE(node.exchange());
  EXPECT_TRUE(world.store.find_assignment(id)->awaits);
  Position const act{node.journal.epoch, 2};
  DecisionForm const stands{EntryKind::kSettlement, rules::Settlement{.act = act, .stands = true}, "it was done"};
  ASSERT_TRUE(world.decisions.decide({}, "s", id, stands, world.now));
  EXPECT_EQ(world.store.dossier(id)->state.act(act)->standing, rules::Standing::kStands);
  EXPECT_FALSE(world.store.find_assignment(id)->awaits);
  EXPECT_TRUE(world.store.verify());
}

TEST(DecisionDesk, WhatOnlyTheProgramSaysIsNoDecision) {
  CentralWorld world;
  (void)world.add_unit("BH");
  auto const id = world.dispatched("BH");
  DecisionForm const refusal{EntryKind::kRefusal, rules::RefusalOfAct{}, ""};
  EXPECT_EQ(world.decisions.decide({}, "x", id, refusal, world.now).error().code, "not_a_decision");
  DecisionForm const pause{EntryKind::kPause, rules::Pause{}, ""};
  EXPECT_EQ(world.decisions.decide({}, "y", AssignmentId{77}, pause, world.now).error().code, "unknown_assignment");
}

/// N5: the simulator sees to it that the words are gone at both ends and stay gone.
TEST(DecisionDesk, ARedactNamesAnActAndBringsTheContactAgain) {
  CentralWorld world;
  NodeByHand node(world, world.add_unit("BH"));
  auto const id = world.dispatched("BH");
  ASSERT_TRUE(node.exchange());
  auto const redact = [&](std::string const& request, Position act, bool in_journal = true) {
    return world.decisions.decide({}, request, id, {EntryKind::kRedact, rules::Redact{act, in_journal}, "涉及隐私"},
                                  world.now);
  };
  EXPECT_EQ(redact("r-0", {node.journal.epoch, 2}).error().code, "target_missing");
  node.act(EntryKind::kAcknowledgement, id, rules::Acknowledgement{}, node.feed.seq);
  ASSERT_TRUE(node.exchange());
  EXPECT_EQ(redact("r-1", {node.journal.epoch, 2}, false).error().code, "target_missing") << "only acts are redacted";

  lists::EntryLists lists(world.writer.connection(), world.vault, node.unit.id);
  auto const before = lists.entries_of(wire::ListKind::kFeed, id).front();
  auto const decided = redact("r-2", {node.journal.epoch, 2});
  ASSERT_TRUE(decided) << decided.error().sentence;
  EXPECT_EQ(redact("r-2", {node.journal.epoch, 2})->entry, decided->entry) << "asked for twice, done once";
  auto const after = lists.entries_of(wire::ListKind::kFeed, id);
  EXPECT_EQ(after.front().leaf, before.leaf);
  EXPECT_TRUE(after.front().entry.contact.bytes.empty()) << "its keys went with it";
  EXPECT_EQ(lists::contact_of(after.back()).fields, lists::contact_of(before).fields);
  EXPECT_TRUE(world.store.verify());
}

}  // namespace
}  // namespace fieldnode::central

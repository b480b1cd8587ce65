#include <gtest/gtest.h>

#include "tests/unit/central/central_world.h"

namespace fieldnode::central {
namespace {

using rules::EntryKind;

TEST(CentralStore, AUnitHasAFeedFromItsFirstDay) {
  CentralWorld world;
  auto const unit = world.add_unit("BH");
  auto const head = world.store.feed_head(unit.id);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->seq, 1U);
  EXPECT_TRUE(head->epoch);
}

TEST(CentralStore, ASecondUnitOfTheSameCodeIsRefused) {
  CentralWorld world;
  (void)world.add_unit("BH");
  EXPECT_EQ(world.store.add_unit("BH", "other", world.now).error().code, "unit_exists");
  EXPECT_EQ(world.store.add_unit(" BH", "other", world.now).error().code, "bad_unit_code");
  EXPECT_EQ(world.store.add_unit("QS", "a\nb", world.now).error().code, "bad_unit_name");
  EXPECT_EQ(world.store.units().size(), 1U);
}

TEST(CentralStore, ARefusedTaskLeavesNothingBehind) {
  CentralWorld world;
  auto const unit = world.add_unit("BH");
  auto const before = world.store.feed_head(unit.id);
  auto const done = world.store.with_unit(unit.id, [&](UnitWork& work) -> Result<void> {
    auto const appended =
        work.append({.kind = EntryKind::kPolicy, .payload = rules::PolicyVersion{"v2"}, .at = world.now});
    EXPECT_TRUE(appended);
    return refuse("changed_my_mind", "No.");
  });
  EXPECT_EQ(done.error().code, "changed_my_mind");
  EXPECT_EQ(world.store.feed_head(unit.id), before);
}

TEST(CentralStore, FeedGrowthIsToldAfterTheCommitAndOnlyThen) {
  CentralWorld world;
  auto const unit = world.add_unit("BH");
  std::vector<UnitId> told;
  world.store.on_change([&](StoreChange const& change) {
    if (change.feed_grew) told.push_back(change.unit);
  });
  (void)world.dispatched("BH");
  EXPECT_EQ(told, std::vector{unit.id});
  (void)world.store.with_unit(unit.id, [](UnitWork&) -> Result<void> { return {}; });
  EXPECT_EQ(told.size(), 1U);
}

TEST(CentralStore, WhatIsWrittenWhileTheClockIsDoubtedProvesOnlyTheLastMomentThatWasSure) {
  CentralWorld world;
  auto const unit = world.add_unit("BH");
  NodeByHand node(world, unit);
  ASSERT_TRUE(node.exchange());
  auto const signed_at = world.now;
  std::optional<UtcTime> doubted_since;
  world.store.watch_clock([&] { return doubted_since; });
  auto const written = [&] {
    (void)world.dispatched("BH");
    rules::TimeEvidence time;
    (void)world.store.with_unit(unit.id, [&](UnitWork& work) -> Result<void> {
      time = work.feed_skeleton(*world.store.feed_head(unit.id))->time;
      return {};
    });
    return time;
  };
  world.pass(std::chrono::minutes(1));
  EXPECT_EQ(written(), rules::central_time(world.now));
  auto const sure = world.now;
  world.pass(std::chrono::hours(24));
  doubted_since = sure;
  auto const ahead = written();
  EXPECT_EQ(ahead.interval, (TimeInterval{sure, std::nullopt}));
  EXPECT_EQ(ahead.estimate, world.now) << "limits run by what the clock shows";
  doubted_since = UtcTime{};
  EXPECT_EQ(written().interval.earliest, signed_at) << "after a restart: what was signed to the unit was sure";
  world.now = signed_at - std::chrono::hours(1);
  EXPECT_EQ(written().estimate, signed_at) << "a clock that certainly is slow is not believed";
}

TEST(CentralStore, ActsAreTakenInJudgedAndShownInTheProjection) {
  CentralWorld world;
  auto const unit = world.add_unit("BH");
  NodeByHand node(world, unit);
  auto const id = world.dispatched("BH");
  ASSERT_TRUE(node.exchange());
  world.pass(Milliseconds(60'000));
  node.act(EntryKind::kAcknowledgement, id, rules::Acknowledgement{}, node.feed.seq);
  node.act(EntryKind::kResolution, id,
           rules::Resolution{.verified = rules::Degree::kYes, .solved = rules::Degree::kYes}, node.feed.seq);
  auto const reply = node.exchange();
  ASSERT_TRUE(reply) << reply.error().sentence;
  EXPECT_EQ(reply->receipt.journal_seq, 3U);
  auto const dossier = world.store.dossier(id);
  ASSERT_TRUE(dossier);
  EXPECT_EQ(dossier->row.stage, rules::Stage::kOpen);
  EXPECT_TRUE(dossier->state.acknowledged);
  ASSERT_EQ(dossier->feed.size(), 2U) << "the dispatch, and the refusal of a resolution without contact";
  auto const& refusal = std::get<rules::RefusalOfAct>(dossier->feed[1].skeleton.payload);
  EXPECT_EQ(refusal.code, "contact_missing");
  EXPECT_EQ(refusal.act.seq, 3U);
  auto const sound = world.store.verify();
  ASSERT_TRUE(sound) << sound.error().sentence;
  EXPECT_EQ(sound->receipts, 2U);
}

TEST(CentralStore, OneMarkForEachCommitThatTookActsIn) {
  CentralWorld world;
  NodeByHand node(world, world.add_unit("BH"));
  auto const id = world.dispatched("BH");
  auto const first_at = world.now;
  ASSERT_TRUE(node.exchange());
  world.pass(Milliseconds(5'000));
  node.act(EntryKind::kAcknowledgement, id, rules::Acknowledgement{}, node.feed.seq);
  node.act(EntryKind::kNote, id, rules::Note{}, node.feed.seq);
  node.covered = node.marked = 0;  // as if the first receipt had been lost
  auto const reply = node.exchange();
  ASSERT_TRUE(reply) << reply.error().sentence;
  std::vector<wire::Mark> const expected{{1, first_at}, {3, world.now}};
  EXPECT_EQ(reply->receipt.marks, expected);
}

TEST(CentralStore, ActsThatCameWhileTheClockWasUnsureGetTheirMarkWithTheFirstTime) {
  CentralWorld world;
  NodeByHand node(world, world.add_unit("BH"));
  auto const id = world.dispatched("BH");
  world.clock_is_sure = false;
  node.act(EntryKind::kAcknowledgement, id, rules::Acknowledgement{}, node.feed.seq);
  auto const unsure = node.exchange().value().receipt;
  EXPECT_EQ(unsure.journal_seq, 2U) << "the acts are taken in all the same";
  EXPECT_TRUE(unsure.marks.empty());
  EXPECT_FALSE(unsure.sent_at);
  world.pass(std::chrono::hours(2));
  world.clock_is_sure = true;
  std::vector<wire::Mark> const expected{{2, world.now}};
  EXPECT_EQ(node.exchange().value().receipt.marks, expected) << "nothing new came, and the mark comes all the same";
  world.pass(std::chrono::hours(2));
  EXPECT_TRUE(node.exchange().value().receipt.marks.empty()) << "once";
  EXPECT_TRUE(world.store.verify());
}

TEST(CentralStore, AnyNumberOfMarksReachesTheNode) {
  CentralWorld world;
  NodeByHand node(world, world.add_unit("BH"));
  auto const id = world.dispatched("BH");
  for (int i = 0; i < 150; ++i) {
    node.act(EntryKind::kNote, id, rules::Note{}, node.feed.seq);
    ASSERT_TRUE(node.exchange());
    node.marked = 0;  // as if no receipt had come through
  }
  std::size_t marks = 0;
  for (int i = 0; i < 3; ++i) marks += node.exchange().value().receipt.marks.size();
  EXPECT_EQ(marks, 150U);
}

TEST(CentralStore, AnAnchorIsFoundByItsNodeAlone) {
  CentralWorld world;
  NodeByHand node(world, world.add_unit("BH"));
  auto const other = world.add_unit("QS");
  NodeByHand stranger(world, other);
  ASSERT_TRUE(node.exchange());
  auto const sent_at_of = [&](UnitId unit) {
    std::optional<UtcTime> at;
    (void)world.store.with_unit(unit, [&](UnitWork& work) -> Result<void> {
      at = work.anchor_sent_at(node.anchor);
      return {};
    });
    return at;
  };
  EXPECT_EQ(sent_at_of(node.unit.id), world.now);
  EXPECT_EQ(sent_at_of(other.id), std::nullopt);
}

TEST(CentralStore, AReplacementRevokesTheNodeBeforeIt) {
  CentralWorld world;
  auto const unit = world.add_unit("BH");
  NodeByHand first(world, unit);
  ASSERT_TRUE(first.exchange());
  NodeByHand second(world, unit);
  EXPECT_EQ(first.exchange().error().code, "unknown_node");
  EXPECT_TRUE(second.exchange());
  EXPECT_EQ(world.store.units().front().node->id, second.node);
}

TEST(CentralStore, AJournalThatWasThereBeforeIsNoNewNode) {
  CentralWorld world;
  auto const unit = world.add_unit("BH");
  NodeByHand const node(world, unit);
  auto const again = world.store.with_unit(unit.id, [&](UnitWork& work) {
    return work.register_node({.id = work.next_node(), .journal_epoch = node.journal.epoch});
  });
  EXPECT_EQ(again.error().code, "journal_epoch_known");
  EXPECT_EQ(world.store.units().front().node->id, node.node);
}

TEST(CentralStore, AnActOnAnotherUnitsAssignmentIsRefusedAndChangesNothingThere) {
  CentralWorld world;
  NodeByHand intruder(world, world.add_unit("BH"));
  (void)world.add_unit("QS");
  auto const theirs = world.dispatched("QS");
  auto const before = world.store.find_assignment(theirs);
  intruder.act(EntryKind::kAcknowledgement, theirs, rules::Acknowledgement{}, 1);
  ASSERT_TRUE(intruder.exchange());
  EXPECT_EQ(world.store.find_assignment(theirs), before);
  EXPECT_FALSE(world.store.dossier(theirs)->state.acknowledged);
  EXPECT_TRUE(world.store.verify());
}

TEST(CentralStore, VerifySeesAChangedProjection) {
  CentralWorld world;
  (void)world.add_unit("BH");
  (void)world.dispatched("BH");
  ASSERT_TRUE(world.store.verify());
  world.writer.connection().execute("UPDATE assignment SET stage = 5");
  EXPECT_EQ(world.store.verify().error().code, "projection_differs");
}

TEST(CentralStore, VerifySeesALostLineAndAWrongCaseState) {
  CentralWorld world;
  (void)world.add_unit("BH");
  (void)world.dispatched("BH");
  world.writer.connection().execute("UPDATE city_case SET state = 1");
  EXPECT_EQ(world.store.verify().error().code, "projection_differs");
  world.writer.connection().execute("DELETE FROM assignment");
  EXPECT_EQ(world.store.verify().error().code, "projection_differs");
}

TEST(CentralStore, VerifySeesThatActsBehindAReceiptWereCutOff) {
  CentralWorld world;
  NodeByHand node(world, world.add_unit("BH"));
  auto const id = world.dispatched("BH");
  ASSERT_TRUE(node.exchange());
  node.act(EntryKind::kAcknowledgement, id, rules::Acknowledgement{}, node.feed.seq);
  ASSERT_TRUE(node.exchange());
  auto& connection = world.writer.connection();
  connection.execute("DELETE FROM entry WHERE kind = 2");
  connection.execute(
      "UPDATE list SET seq = 1, hash = (SELECT hash FROM entry WHERE entry.list = list.id) WHERE kind = 1");
  EXPECT_EQ(world.store.verify().error().code, "receipt_differs");
}

TEST(CentralStore, ContactDataIsNowhereInTheFileAsText) {
  CentralWorld world;
  (void)world.add_unit("BH");
  auto const id = world.dispatched("BH");
  auto& connection = world.writer.connection();
  auto const seen = [&](std::string_view sql) { return connection.prepare(sql).one<std::int64_t>(); };
  EXPECT_EQ(seen("SELECT count(*) FROM entry WHERE instr(contact, CAST('13800138000' AS BLOB)) > 0"), 0);
  EXPECT_EQ(seen("SELECT count(*) FROM city_case WHERE instr(contact, CAST('13800138000' AS BLOB)) > 0"), 0);
  auto const contact = world.store.contact_of(world.store.find_assignment(id)->case_id);
  ASSERT_EQ(contact.size(), 2U);
  EXPECT_EQ(contact[1].text, "13800138000");
}

}  // namespace
}  // namespace fieldnode::central

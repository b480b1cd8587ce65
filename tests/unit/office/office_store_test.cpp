#include "node/office/office_store.h"

#include <gtest/gtest.h>

#include <set>

#include "node/office/journal_state.h"
#include "node/office/new_journal.h"
#include "node/office/receipts.h"
#include "node/office/time_row.h"
#include "sync/wire/signing.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

using rules::EntryKind;
constexpr AssignmentId kLamp{5};

/// A world in which one assignment was dispatched a minute ago.
struct WorldWithLamp : OfficeWorld {
  WorldWithLamp() {
    feed.dispatch(kLamp, clock.truth());
    clock.advance(std::chrono::minutes(1));
    settle(1);
  }
};

TEST(OfficeStore, AFoundedNodeHasItsOpeningAsFirstEntry) {
  OfficeWorld world;
  auto const held = world.store->snapshot();
  EXPECT_EQ(held.journal.seq, 1U);
  EXPECT_EQ(held.journal.list, world.identity.journal());
  EXPECT_FALSE(held.feed.list.epoch);
  EXPECT_FALSE(held.greatest);
}

TEST(OfficeStore, FoundingTwiceChangesNothingAndAnotherNodeIsRefused) {
  OfficeWorld world;
  ASSERT_TRUE(OfficeStore::found(world.writer, world.vault, world.random, world.identity, world.stamp()));
  EXPECT_EQ(world.journal_seq(), 1U);
  auto other = world.identity;
  other.node = NodeId{22};
  auto const refused = OfficeStore::found(world.writer, world.vault, world.random, other, world.stamp());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "other_node");
}

TEST(OfficeStore, AReceiptWithoutATimeIsReplacedByTheFirstThatMarksItsActs) {
  WorldWithLamp world;
  ASSERT_TRUE(world.append(world.acknowledgement(kLamp)));
  auto timeless = world.reply(2);
  timeless.receipt.received_at = timeless.receipt.sent_at = std::nullopt;
  timeless.receipt.marks.clear();
  wire::sign_receipt(timeless.receipt, *world.suite, world.city.secret_key);
  ASSERT_TRUE(world.store->settle(timeless));
  EXPECT_EQ(world.store->snapshot().greatest->journal_seq, 2U) << "it proves delivery";
  EXPECT_EQ(world.store->snapshot().marked_seq, 1U) << "and no time";
  world.clock.advance(std::chrono::hours(2));
  world.settle(2);
  EXPECT_EQ(world.store->snapshot().marked_seq, 2U);
  auto const lease = world.readers->lease();
  auto const kept = Receipts(*lease, kJournalEpoch).all();
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept.back().sent_at, world.clock.truth()) << "evidence shows the one that proves a time";
  EXPECT_TRUE(world.check());
}

TEST(OfficeStore, ASavedActIsInTheJournalAndInTheList) {
  WorldWithLamp world;
  auto const recorded = world.append(world.acknowledgement(kLamp));
  ASSERT_TRUE(recorded) << recorded.error().sentence;
  EXPECT_EQ(recorded->entry.at.seq, 2U);
  EXPECT_EQ(recorded->entry.skeleton.basis, (Position{kFeed.epoch, 2}));
  EXPECT_EQ(recorded->entry.skeleton.staff, StaffId{7});
  EXPECT_EQ(world.truth(kLamp, 2), Truth::kSaved);
  auto const file = world.store->file_of(kLamp).value();
  EXPECT_EQ(file.row.last_act, 2U);
  EXPECT_TRUE(file.state.acknowledged);
  EXPECT_EQ(truth_of(file.row, file.progress), Truth::kSaved);
}

TEST(OfficeStore, ARepeatUnderTheSameIdGivesTheRecordedActAgain) {
  WorldWithLamp world;
  auto const act = world.acknowledgement(kLamp);
  auto const first = world.append(act).value();
  auto const second = world.append(act).value();
  EXPECT_FALSE(first.repeated);
  EXPECT_TRUE(second.repeated);
  EXPECT_EQ(second.entry, first.entry);
  EXPECT_EQ(world.journal_seq(), 2U);
}

TEST(OfficeStore, AnotherActUnderTheSameIdIsRefused) {
  WorldWithLamp world;
  auto act = world.acknowledgement(kLamp);
  ASSERT_TRUE(world.append(act));
  act.content.fill(99);
  auto const refused = world.append(act);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "act_id_reused");
  EXPECT_EQ(world.journal_seq(), 2U);
}

TEST(OfficeStore, WhatTheRulesRefuseIsNotWritten) {
  WorldWithLamp world;
  auto const unknown = world.append(world.acknowledgement(AssignmentId{77}));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "unknown_assignment");
  auto const too_soon =
      world.append(world.act(EntryKind::kResolution, kLamp,
                             rules::Resolution{.verified = rules::Degree::kYes, .solved = rules::Degree::kYes}));
  ASSERT_FALSE(too_soon);
  EXPECT_EQ(too_soon.error().code, "contact_missing");
  EXPECT_EQ(world.journal_seq(), 1U);
  // The id of a refused act may be used for one that is allowed.
  EXPECT_TRUE(world.append(world.acknowledgement(kLamp)));
}

TEST(OfficeStore, AnActIsInForceOnlyWhenTheFeedHasReachedTheHeadOfItsReceipt) {
  WorldWithLamp world;
  ASSERT_TRUE(world.append(world.acknowledgement(kLamp)));
  world.feed.entry(EntryKind::kPause, kLamp, rules::Pause{}, world.clock.truth(), {kJournalEpoch, 2});
  world.feed.entry(EntryKind::kResume, kLamp, rules::Resume{}, world.clock.truth(), {kJournalEpoch, 2});
  EXPECT_EQ(world.truth(kLamp, 2), Truth::kSaved);
  world.settle(2, 3);  // the feed's head is 4
  EXPECT_EQ(world.truth(kLamp, 2), Truth::kDelivered);
  world.settle(2);
  EXPECT_EQ(world.truth(kLamp, 2), Truth::kInForce);
  auto const file = world.store->file_of(kLamp).value();
  EXPECT_EQ(truth_of(file.row, file.progress), Truth::kInForce);
  EXPECT_FALSE(file.acts.at(0).coverage.receipt_number.empty());
}

TEST(OfficeStore, ARefusedActIsNeverInForceOnItsWay) {
  WorldWithLamp world;
  ASSERT_TRUE(world.append(world.acknowledgement(kLamp)));
  ASSERT_TRUE(world.append(world.reached(kLamp)));
  for (int i = 0; i < 4; ++i) {
    world.feed.dispatch(AssignmentId{static_cast<std::uint64_t>(100 + i)}, world.clock.truth());
  }
  world.feed.entry(EntryKind::kRefusal, kLamp, rules::RefusalOfAct{{kJournalEpoch, 3}, "already_contacted"},
                   world.clock.truth(), {kJournalEpoch, 3});
  for (std::uint64_t upto = 3; upto < 7; ++upto) {
    world.settle(3, upto);
    EXPECT_EQ(world.truth(kLamp, 3), Truth::kDelivered) << "with the feed up to " << upto;
  }
  world.settle(3);
  EXPECT_EQ(world.truth(kLamp, 3), Truth::kRefused);
  EXPECT_EQ(world.truth(kLamp, 2), Truth::kInForce);
  EXPECT_TRUE(world.store->file_of(kLamp)->state.contacts.empty());
}

TEST(OfficeStore, AConflictAwaitsARuling) {
  WorldWithLamp world;
  ASSERT_TRUE(world.append(world.acknowledgement(kLamp)));
  world.feed.entry(EntryKind::kTakeBack, kLamp, rules::TakeBack{}, world.clock.truth(), {kJournalEpoch, 1});
  world.feed.entry(EntryKind::kConflict, kLamp, rules::Conflict{{kJournalEpoch, 2}}, world.clock.truth(),
                   {kJournalEpoch, 2});
  world.settle(2);
  EXPECT_EQ(world.truth(kLamp, 2), Truth::kAwaitingRuling);
  EXPECT_EQ(world.store->figures(world.time.now(), Clearance::kGeneral).awaiting, 1U);
}

TEST(OfficeStore, SettlingTheSameReplyTwiceChangesNothing) {
  WorldWithLamp world;
  ASSERT_TRUE(world.append(world.acknowledgement(kLamp)));
  world.feed.dispatch(AssignmentId{6}, world.clock.truth());
  auto const reply = world.reply(2);
  ASSERT_TRUE(world.store->settle(reply));
  auto const once = world.check().value();
  ASSERT_TRUE(world.store->settle(reply));
  auto const twice = world.check().value();
  EXPECT_EQ(twice.feed, once.feed);
  EXPECT_EQ(twice.covered, once.covered);
  EXPECT_EQ(twice.receipts, once.receipts);
  EXPECT_EQ(twice.digest, once.digest);
}

TEST(OfficeStore, AGapInTheFeedIsRefusedAndNothingOfTheReplyIsTakenOver) {
  WorldWithLamp world;
  world.feed.dispatch(AssignmentId{6}, world.clock.truth());
  world.feed.dispatch(AssignmentId{7}, world.clock.truth());
  auto reply = world.reply(1);
  reply.feed_entries.erase(reply.feed_entries.begin());
  auto const refused = world.store->settle(reply);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "feed_gap");
  EXPECT_EQ(world.store->snapshot().feed.seq, 2U);
  EXPECT_EQ(world.store->snapshot().greatest->feed_head_seq, 2U);
}

TEST(OfficeStore, AReceiptThatCoversLessIsNotTakenForTheGreatest) {
  WorldWithLamp world;
  ASSERT_TRUE(world.append(world.acknowledgement(kLamp)));
  world.settle(2);
  world.settle(1);
  EXPECT_EQ(world.store->snapshot().greatest->journal_seq, 2U);
}

TEST(OfficeStore, TheListIsOrderedByWhatIsDueFirstAndPagesWithoutGapOrDouble) {
  OfficeWorld world;
  for (std::uint64_t id = 1; id <= 25; ++id) {
    world.feed.dispatch(AssignmentId{id}, world.clock.truth() + std::chrono::minutes(26 - id));
  }
  world.settle(1);
  std::set<AssignmentId> seen;
  std::string after;
  std::optional<UtcTime> last;
  do {
    auto const list = world.store->list({.limit = 10, .after = after}).value();
    EXPECT_EQ(list.total.count, 25U);
    for (auto const& row : list.page.rows) {
      ASSERT_TRUE(row.due && row.due->due);
      EXPECT_TRUE(!last || *last <= *row.due->due);
      last = row.due->due;
      EXPECT_TRUE(seen.insert(row.id).second);
      EXPECT_EQ(row.due->clock, rules::ClockKind::kAcknowledge);
    }
    after = list.page.next;
  } while (!after.empty());
  EXPECT_EQ(seen.size(), 25U);
  EXPECT_EQ(world.store->list({.view = View::kAll, .limit = 10}).value().total.count, 25U);
  EXPECT_EQ(world.store->list({.view = View::kEnded, .limit = 10}).value().total.count, 0U);
  auto const bad = world.store->list({.after = "nonsense"});
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, "bad_field");
}

TEST(OfficeStore, FiguresCountWhatIsUndeliveredAndOverdue) {
  WorldWithLamp world;
  auto const now = world.clock.truth();
  auto figures = world.store->figures(rules::central_time(now), Clearance::kGeneral);
  EXPECT_EQ(figures.undelivered, 0U);
  EXPECT_EQ(figures.open, 1U);
  EXPECT_EQ(figures.overdue, 0U);
  EXPECT_EQ(figures.due_today, 1U) << "the acknowledgement is due two hours after the dispatch";
  EXPECT_EQ(figures.link.last_exchange_at, now);
  figures = world.store->figures(rules::central_time(now + std::chrono::days(30)), Clearance::kGeneral);
  EXPECT_EQ(figures.overdue, 1U);
  EXPECT_EQ(figures.due_today, 0U);
  ASSERT_TRUE(world.append(world.acknowledgement(kLamp)));
  figures = world.store->figures(rules::central_time(now), Clearance::kGeneral);
  EXPECT_EQ(figures.due_today, 0U);
  EXPECT_EQ(figures.undelivered, 1U);
  EXPECT_EQ(figures.oldest_undelivered, now);
  world.settle(2);
  EXPECT_EQ(world.store->figures(rules::central_time(now), Clearance::kGeneral).undelivered, 0U);
  auto& connection = world.writer.connection();
  lists::ListRegister(connection, kUnit).add_before_live({wire::ListKind::kJournal, kUnit, kNode, Epoch{77}});
  JournalState(connection).note_journals_unknown();
  EXPECT_EQ(world.store->figures(rules::central_time(now), Clearance::kGeneral).undelivered, 1U)
      << "what the centre holds of the earlier journal nobody knows";
}

TEST(OfficeStore, WhoListensIsToldWhatChanged) {
  WorldWithLamp world;
  std::vector<Change> told;
  world.store->set_listener([&](auto changed) { told.insert(told.end(), changed.begin(), changed.end()); });
  ASSERT_TRUE(world.append(world.acknowledgement(kLamp)));
  EXPECT_EQ(told, (std::vector<Change>{{kLamp, false}}));
  told.clear();
  world.feed.dispatch_confidential(AssignmentId{6}, world.clock.truth());
  world.settle(2);
  EXPECT_EQ(told, (std::vector<Change>{{AssignmentId{6}, true}, {kLamp, false}}));
}

TEST(OfficeStore, TheFloorIsKeptWithEachActAndNeverGoesBack) {
  WorldWithLamp world;
  engine::TimeState late{utc_from_ms(kStartMs + 1000), {"boot-1", Milliseconds(5)}, std::nullopt};
  ASSERT_TRUE(world.store->keep_time(late));
  engine::TimeState early{utc_from_ms(kStartMs), {"boot-1", Milliseconds(9)}, std::nullopt};
  ASSERT_TRUE(world.store->append(world.acknowledgement(kLamp), {world.time.now(), early}));
  EXPECT_EQ(load_time(world.writer.connection()), late);
  late.floor += std::chrono::seconds(1);
  late.anchor = engine::Anchor{8, late.floor, late.floor, {"boot-1", Milliseconds(7)}};
  ASSERT_TRUE(world.store->append(world.reached(kLamp), {world.time.now(), late}));
  EXPECT_EQ(load_time(world.writer.connection()), late);
}

TEST(OfficeStore, OnlyARepealLowersTheFloor) {
  WorldWithLamp world;
  engine::TimeState wrong{utc_from_ms(kStartMs + 1'000'000), {"boot-1", Milliseconds(5)}, std::nullopt};
  wrong.floor_anchor = 77;
  ASSERT_TRUE(world.store->keep_time(wrong));
  engine::TimeState const right{utc_from_ms(kStartMs), {"boot-1", Milliseconds(9)}, std::nullopt};
  world.feed.dispatch(AssignmentId{6}, world.clock.truth());
  ASSERT_TRUE(world.store->settle(world.reply(1), right));
  EXPECT_EQ(load_time(world.writer.connection()), wrong);
  world.feed.entry(rules::EntryKind::kTimeCorrection, {}, rules::TimeCorrection{77}, world.clock.truth());
  ASSERT_TRUE(world.store->settle(world.reply(1), right));
  EXPECT_EQ(load_time(world.writer.connection()), right);
}

TEST(OfficeStore, WhatAReplyTaughtTheClockIsKeptWithItsReceiptOrNotAtAll) {
  WorldWithLamp world;
  world.feed.dispatch(AssignmentId{6}, world.clock.truth());
  auto const before = world.writer.counts().commits;
  auto const reply = world.reply(1);
  engine::TimeState learnt{world.clock.truth(), {"boot-1", Milliseconds(5)}, std::nullopt};
  learnt.anchor = engine::Anchor{9, learnt.floor, learnt.floor, learnt.floor_at};
  ASSERT_TRUE(world.store->settle(reply, learnt));
  EXPECT_EQ(load_time(world.writer.connection()), learnt);
  EXPECT_EQ(world.writer.counts().commits, before + 1);

  auto gap = world.reply(1);
  world.feed.dispatch(AssignmentId{7}, world.clock.truth());
  world.feed.dispatch(AssignmentId{8}, world.clock.truth());
  gap.feed_entries = world.feed.arrivals(4, 5);
  auto later = learnt;
  later.floor += std::chrono::seconds(1);
  EXPECT_FALSE(world.store->settle(gap, later));
  EXPECT_EQ(load_time(world.writer.connection()), learnt) << "a reply that is not taken over teaches nothing on disk";
}

TEST(OfficeStore, ALinkFailureIsRememberedUntilAnExchangeSucceeds) {
  WorldWithLamp world;
  ASSERT_TRUE(world.store->note_link_failure({refuse("unreachable", "No route."), world.clock.truth()}, {}));
  auto const failed = world.store->figures({}, Clearance::kGeneral).link;
  ASSERT_TRUE(failed.failure);
  EXPECT_EQ(failed.failure->why.code, "unreachable");
  EXPECT_TRUE(failed.last_exchange_at);
  world.settle(1);
  EXPECT_FALSE(world.store->figures({}, Clearance::kGeneral).link.failure);
}

TEST(OfficeStore, ANewJournalLeavesNoRowThatCountsByTheOldOne) {
  WorldWithLamp world;
  ASSERT_TRUE(world.append(world.acknowledgement(kLamp)));
  ASSERT_TRUE(world.append(world.reached(kLamp)));
  ASSERT_EQ(world.store->row_of(kLamp)->last_act, 3U);
  ASSERT_TRUE(world.store->begin_journal(draw_journal(world.random), world.stamp()));
  EXPECT_EQ(world.store->row_of(kLamp)->last_act, 0U);
  world.identity.journal_epoch = world.store->snapshot().journal.list.epoch;
  auto const checked = world.check();
  EXPECT_TRUE(checked) << checked.error().sentence;
}

TEST(OfficeStore, ContactDataIsNowhereInTheFileInPlain) {
  WorldWithLamp world;
  ASSERT_TRUE(world.append(world.reached(kLamp)));
  auto rows = world.writer.connection().prepare("SELECT count(*) FROM entry WHERE instr(contact, :number) > 0");
  EXPECT_EQ(rows.bind(":number", bytes_of("13800001234")).one<std::int64_t>(), 0);
  auto const file = world.store->file_of(kLamp).value();
  auto const contact = wire::decode_contact(file.acts.at(0).entry.entry.contact.bytes).value();
  EXPECT_EQ(contact.fields.at(0).text, "13800001234");
}

}  // namespace
}  // namespace fieldnode::office

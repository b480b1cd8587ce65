// What a centre has lost and gets back from nobody, and what comes of lists that end in the middle of an answer.
#include "node/central/decision_desk.h"
#include "tests/sim/epoch_world.h"

namespace fieldnode::sim {
namespace {

class LostFeed : public ::testing::Test {
 protected:
  LostFeed() {
    centre.found(keys.public_key, epoch);
    office.found(epoch);
    office.open();
    early = centre.dispatch();
    settle(office);
    centre.back_up(before);
  }

  void settle(EpochOffice& at) {
    auto const settled = at.settle();
    ASSERT_TRUE(settled) << settled.error().code << ": " << settled.error().sentence;
  }
  /// A second machine on a copy of the node's disk.
  std::unique_ptr<EpochOffice> copy(std::string const& file = "copy.db") {
    office.back_up(world.dir / file);
    auto copied = std::make_unique<EpochOffice>(world, centre, world.dir / file, keys);
    copied->open();
    return copied;
  }
  void decide(AssignmentId id, central::DecisionForm const& form) {
    central::DecisionDesk desk(centre.store(), world.random);
    must(desk.decide({}, "decision-" + std::to_string(world.random.bits64()), id, form, world.clock.truth()), "decide");
  }
  /// The centre's word with a text of its own.
  void remark(AssignmentId id) {
    rules::SupervisionNote const note{rules::SupervisionGround::kSlowData, false};
    decide(id, {rules::EntryKind::kSupervisionNote, note, "请尽快办理"});
  }
  /// The centre's order to take the words of an act away.
  void redact(AssignmentId id, Position act) {
    decide(id, {rules::EntryKind::kRedact, rules::Redact{act, true}, "涉及隐私"});
  }
  /// An act whose words were taken away, at both ends; nobody but the office knows of it after the restore.
  void lose_a_redact() {
    auto const other = copy();
    office.note(early, "what nobody may read");
    auto const act = office.store().snapshot().journal;
    settle(office);
    redact(early, {act.list.epoch, act.seq});
    settle(office);
    office.note(early, "delivered behind it");
    settle(office);
    office.note(early, "not delivered");
    centre.restore(before);
    settle(*other);  // it holds no more than the centre, so the feed goes on from there
    remark(early);
    settle(*other);
    other->note(early, "made on the other machine");
    settle(*other);
  }
  void expect_both_ends_agree(EpochOffice& at) {
    auto const checked = at.check();
    ASSERT_TRUE(checked) << checked.error().sentence;
    auto const verified = centre.store().verify();
    ASSERT_TRUE(verified) << verified.error().sentence;
    EXPECT_EQ(checked->digest, verified->units.at(0).digest);
  }

  EpochWorld world{2027};
  EpochCentre centre{world, world.dir / "central.db"};
  crypto::KeyPair keys{world.suite->make_keys(world.random)};
  Epoch epoch{world.random.bits64()};
  EpochOffice office{world, centre, world.dir / "node.db", keys};
  fs::path before{world.dir / "centre-backup"};
  AssignmentId early;
};

TEST_F(LostFeed, AnAssignmentThatAnotherCopyDidNotKnowLeavesTheList) {
  auto const other = copy();
  auto const late = centre.dispatch();
  settle(office);
  office.note(late, "delivered");
  settle(office);
  office.note(late, "not delivered");

  centre.restore(before);
  settle(*other);                    // it holds no more than the centre, so the feed goes on from there
  auto const gap = office.settle();  // nobody has told it yet that its delivered act is lost too
  ASSERT_FALSE(gap);
  EXPECT_EQ(gap.error().code, "journal_gap");
  settle(office);
  EXPECT_FALSE(office.store().file_of(late)) << "nobody can open what no entry speaks of";
  EXPECT_EQ(office.store().undelivered(), 0u) << "the centre has no keys of it, and takes the acts on it all the same";
  EXPECT_FALSE(office.try_note(late, "later")) << "there is no such assignment";
  office.note(early, "on with the work");
  settle(office);
  expect_both_ends_agree(office);
}

TEST_F(LostFeed, ActsOnItThatAreAppendedAgainAreTakenToo) {
  auto const other = copy();
  auto const late = centre.dispatch();
  settle(office);
  office.note(late, "delivered");
  settle(office);
  office.note(late, "not delivered");

  centre.restore(before);
  settle(*other);
  other->note(early, "one");
  settle(*other);
  office.begin_journal();
  settle(office);
  EXPECT_EQ(office.store().undelivered(), 0u);
  expect_both_ends_agree(office);
}

TEST_F(LostFeed, ALostRedactLeavesNeitherEndWithoutTheOthersKeys) {
  lose_a_redact();
  office.begin_journal();  // somebody chooses this machine: what the other one did comes back from the centre
  settle(office);
  remark(early);
  settle(office);
  office.note(early, "on with the work");
  settle(office);
  EXPECT_EQ(office.store().undelivered(), 0u);
  EXPECT_EQ(office.store().file_of(early)->state.supervision.size(), 2u) << "both remarks could be read";
  expect_both_ends_agree(office);
}

TEST_F(LostFeed, ARedactThatIsSaidAgainTakesTheWordsAtBothEnds) {
  lose_a_redact();
  office.begin_journal();
  settle(office);
  auto const journal = office.store().snapshot().journal;
  redact(early, {journal.list.epoch, journal.seq});
  settle(office);
  office.note(early, "on with the work");
  settle(office);
  EXPECT_EQ(office.store().undelivered(), 0u);
  expect_both_ends_agree(office);
}

TEST_F(LostFeed, AnActThatACopyHasAppendedAgainIsNotJudgedOnceMore) {
  office.acknowledge(early);
  office.reach(early, "13800138000");
  settle(office);
  auto const with_contact = world.dir / "with-contact";
  centre.back_up(with_contact);
  office.begin_journal();
  settle(office);
  office.apply_for_extension(early);
  settle(office);
  auto const other = copy();
  auto const third = copy("third.db");
  other->begin_journal();
  centre.restore(with_contact);  // it knows neither journal
  settle(*other);

  ASSERT_FALSE(office.once());
  ASSERT_TRUE(office.once()) << "the opening of a journal that the centre had lost";
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(third->once()) << "a copy that never heard of a loss goes on in it";
  std::vector<rules::Standing> standings;
  for (auto const& act : centre.store().dossier(early)->state.acts) {
    if (act.kind == rules::EntryKind::kExtensionApplication) standings.push_back(act.standing);
  }
  EXPECT_EQ(standings, (std::vector{rules::Standing::kTaken, rules::Standing::kRepeated}));
}

TEST_F(LostFeed, ARulingThatCameBackBeforeItsJournalDidCountsWhenThatIsThere) {
  office.acknowledge(early);
  office.reach(early, "13800138000");
  office.apply_for_extension(early);
  settle(office);
  auto const applied_for = world.dir / "applied-for";
  centre.back_up(applied_for);
  office.begin_journal();
  office.note(early, "in a journal that the backup has not");
  settle(office);
  decide(early, {rules::EntryKind::kExtensionDecision, rules::ExtensionDecision{{}, true, 0}, "同意"});
  settle(office);
  auto const other = copy();
  other->begin_journal();

  centre.restore(applied_for);
  settle(*other);  // its report brings the ruling back, and the journal that the ruling rests on is lost
  auto const unknown = office.settle();
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "unknown_epoch");
  ASSERT_TRUE(office.once()) << "the opening alone: nothing in it concerns the assignment";
  auto const verified = centre.store().verify();
  EXPECT_TRUE(verified) << verified.error().sentence;
  settle(office);
  expect_both_ends_agree(office);
}

TEST_F(LostFeed, ANodeWhoseLiveFeedIsLostGoesOnFromTheOneBefore) {
  auto const other = copy();
  centre.restore(before);
  settle(office);
  auto const late = centre.dispatch();
  settle(office);
  ASSERT_TRUE(office.store().file_of(late));

  centre.restore(before);
  settle(*other);  // the report of a machine that never heard of the feed in between
  auto const unknown = office.settle();
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "feed_epoch_changed");
  settle(office);
  EXPECT_FALSE(office.store().file_of(late));
  auto const next = centre.dispatch();
  settle(office);
  EXPECT_TRUE(office.store().file_of(next));
  expect_both_ends_agree(office);
}

TEST_F(LostFeed, WhatNoActCoversIsHandedBackFromEveryFeed) {
  auto const first = centre.dispatch();
  settle(office);
  centre.restore(before);
  settle(office);
  auto const second = centre.dispatch();
  settle(office);

  centre.restore(before);
  settle(office);
  EXPECT_TRUE(centre.store().dossier(first));
  EXPECT_TRUE(centre.store().dossier(second));
  expect_both_ends_agree(office);
}

TEST_F(LostFeed, ANodeHandsBackWhatCameWhileItsActsWereLost) {
  for (auto const* text : {"one", "two", "three"}) office.note(early, text);
  settle(office);
  centre.restore(before);
  // The feed goes on and brings something before the acts are there again.
  while (centre.try_dispatch().has_error()) ASSERT_TRUE(office.once({.carries_acts = false, .compression_level = 1}));
  ASSERT_TRUE(office.once({.carries_acts = false, .compression_level = 1}));
  auto const meanwhile = office.store().snapshot().feed;

  centre.restore(before);
  settle(office);
  EXPECT_EQ(office.store().epochs().feed_hash_at({meanwhile.list.epoch, meanwhile.seq}), meanwhile.hash);
  EXPECT_EQ(office.store().states().read({}, 10).page.size(), 2u) << "what came meanwhile counts at both ends";
  expect_both_ends_agree(office);
}

TEST_F(LostFeed, WordsOnEarlierWorkAreUnderstoodInTheAnswerThatBringsBoth) {
  auto const backup = world.dir / "node-backup";
  office.back_up(backup);
  auto const late = centre.dispatch();
  settle(office);
  auto const centre_backup = world.dir / "later-backup";
  centre.back_up(centre_backup);
  centre.restore(centre_backup);
  settle(office);
  remark(late);  // in the new feed, on an assignment of the one before

  office.restore(backup);
  settle(office);
  EXPECT_EQ(office.store().file_of(late)->state.supervision.size(), 1u);
  expect_both_ends_agree(office);
}

TEST_F(LostFeed, AChangedWordOfAnEarlierFeedIsNotTakenInBeforeTheOpeningThatProvesIt) {
  auto const backup = world.dir / "node-backup";
  office.back_up(backup);
  centre.dispatch();
  centre.dispatch();
  settle(office);
  auto const centre_backup = world.dir / "later-backup";
  centre.back_up(centre_backup);
  centre.restore(centre_backup);
  settle(office);

  office.restore(backup);
  auto const held = office.store().snapshot().feed;
  unsigned changed = 0;
  office.on_the_way = [&](wire::ExchangeReply& answer) {
    for (auto& run : answer.earlier_feeds) {
      if (run.entries.empty() || !answer.feed.empty()) continue;
      run.entries.back().body.bytes.back() ^= 1;
      ++changed;
    }
  };
  engine::ExchangeOptions const thin{.reply_budget_bytes = 1, .compression_level = 1};
  auto const taken = office.once(thin);
  EXPECT_EQ(changed, 1u) << "an answer that has an entry of the earlier feed, and not yet the live one's opening";
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, "feed_broken");
  EXPECT_EQ(office.store().snapshot().feed, held);
  office.on_the_way = {};
  ASSERT_TRUE(office.once(thin));
  settle(office);
  expect_both_ends_agree(office);
}

TEST_F(LostFeed, AReportThatWasWantedDoesNotKeepAnOpeningBack) {
  office.back_up(world.dir / "node-backup");
  office.restore(world.dir / "node-backup");
  settle(office);
  auto const later = world.dir / "later-backup";
  centre.back_up(later);
  centre.dispatch();
  settle(office);

  centre.restore(later);
  ASSERT_TRUE(office.once());  // it hears that a report is wanted, and before it can report
  centre.restore(before);      // the centre is put back to before the live journal
  auto const unknown = office.settle();
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "unknown_epoch");
  settle(office);
  expect_both_ends_agree(office);
}

}  // namespace
}  // namespace fieldnode::sim

#include <algorithm>
#include <map>
#include <set>

#include "sync/wire/state_digest.h"
#include "tests/sim/epoch_world.h"

/// Restored, rolled back, cloned: what becomes of acts and entries. PROTOCOL, "What a restore comes to".
namespace fieldnode::sim {
namespace {

class Epochs : public ::testing::Test {
 protected:
  Epochs() {
    centre.found(keys.public_key, epoch);
    office.found(epoch);
    office.open();
  }

  /// What the notes on the assignment that count say, each as often as it counts.
  std::map<std::string, int> notes_at_the_centre(AssignmentId id) {
    std::map<std::string, int> notes;
    auto const dossier = centre.store().dossier(id);
    for (auto const& act : dossier->acts) {
      auto const* const record = dossier->state.act(act.at);
      bool const counts = record != nullptr && record->standing == rules::Standing::kTaken;
      if (act.skeleton.kind != rules::EntryKind::kNote || !counts) continue;
      ++notes[wire::decode_body(act.entry.body.bytes)->texts.at(0).text];
    }
    return notes;
  }
  void expect_both_ends_agree(EpochOffice& at) {
    auto const checked = at.check();
    ASSERT_TRUE(checked) << checked.error().sentence;
    auto const verified = centre.store().verify();
    ASSERT_TRUE(verified) << verified.error().sentence;
    EXPECT_EQ(checked->digest, verified->units.at(0).digest);
    EXPECT_EQ(checked->journal.hash, at.store().snapshot().journal.hash);
  }
  using Notes = std::map<std::string, int>;

  EpochWorld world{2026};
  EpochCentre centre{world, world.dir / "central.db"};
  crypto::KeyPair keys{world.suite->make_keys(world.random)};
  Epoch epoch{world.random.bits64()};
  EpochOffice office{world, centre, world.dir / "node.db", keys};
  fs::path backup{world.dir / "backup"};
};

TEST_F(Epochs, ANodeThatWasRestoredGetsItsLaterActsBack) {
  auto const id = centre.dispatch();
  ASSERT_TRUE(office.settle());
  office.note(id, "before");
  ASSERT_TRUE(office.settle());
  office.back_up(backup);
  office.note(id, "after");
  ASSERT_TRUE(office.settle());

  office.restore(backup);
  auto const settled = office.settle();
  ASSERT_TRUE(settled) << settled.error().sentence;
  EXPECT_EQ(notes_at_the_centre(id), (Notes{{"before", 1}, {"after", 1}}));
  EXPECT_EQ(office.store().file_of(id)->acts.size(), 2u);
  expect_both_ends_agree(office);
}

TEST_F(Epochs, WhatWasNotSentWhenTheBackupWasMadeIsSentOnce) {
  auto const id = centre.dispatch();
  ASSERT_TRUE(office.settle());
  office.note(id, "sent later");
  office.back_up(backup);
  ASSERT_TRUE(office.settle());
  office.restore(backup);
  ASSERT_TRUE(office.settle());
  EXPECT_EQ(notes_at_the_centre(id), (Notes{{"sent later", 1}}));
  expect_both_ends_agree(office);
}

TEST_F(Epochs, WhatOnlyTheBackupHasIsAppendedAgainBeforeWhatWasDoneSince) {
  auto const id = centre.dispatch();
  ASSERT_TRUE(office.settle());
  office.acknowledge(id);
  office.note(id, "never sent");
  office.back_up(backup);
  office.restore(backup);
  office.note(id, "since");
  auto const settled = office.settle();
  ASSERT_TRUE(settled) << settled.error().sentence;
  EXPECT_EQ(notes_at_the_centre(id), (Notes{{"never sent", 1}, {"since", 1}}));
  auto const dossier = centre.store().dossier(id);
  EXPECT_TRUE(dossier->state.acknowledged.has_value());
  auto const acts = office.store().file_of(id)->acts;
  ASSERT_EQ(acts.size(), 3u);
  EXPECT_EQ(acts[0].entry.skeleton.kind, rules::EntryKind::kAcknowledgement);
  EXPECT_TRUE(acts[0].entry.skeleton.origin.has_value());
  for (auto const& act : acts) EXPECT_EQ(act.coverage.delivery, office::Delivery::kSettled);
  expect_both_ends_agree(office);
}

TEST_F(Epochs, RestoringTwiceFromOneBackupSendsNothingTwice) {
  auto const id = centre.dispatch();
  ASSERT_TRUE(office.settle());
  office.note(id, "never sent");
  office.back_up(backup);
  for (int i = 0; i < 2; ++i) {
    office.restore(backup);
    office.note(id, "since " + std::to_string(i));
    ASSERT_TRUE(office.settle());
  }
  EXPECT_EQ(notes_at_the_centre(id), (Notes{{"never sent", 1}, {"since 0", 1}, {"since 1", 1}}));
  expect_both_ends_agree(office);
}

TEST_F(Epochs, OfTwoCopiesOneIsStoppedAndNothingOfEitherIsLost) {
  auto const id = centre.dispatch();
  ASSERT_TRUE(office.settle());
  office.back_up(backup);
  EpochOffice copy(world, centre, world.dir / "copy.db", keys);
  fs::copy_file(backup, world.dir / "copy.db");
  copy.open();
  office.note(id, "one");
  ASSERT_TRUE(office.settle());
  copy.note(id, "other");
  auto const stopped = copy.settle();
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, "journal_fork");

  copy.begin_journal();
  auto const settled = copy.settle();
  ASSERT_TRUE(settled) << settled.error().sentence;
  EXPECT_EQ(notes_at_the_centre(id), (Notes{{"one", 1}, {"other", 1}}));
  expect_both_ends_agree(copy);

  office.note(id, "late");
  auto const superseded = office.settle();
  ASSERT_FALSE(superseded);
  EXPECT_EQ(superseded.error().code, "journal_superseded");
  office.begin_journal();
  ASSERT_TRUE(office.settle());
  EXPECT_EQ(notes_at_the_centre(id), (Notes{{"one", 1}, {"other", 1}, {"late", 1}}));
  expect_both_ends_agree(office);
}

TEST_F(Epochs, WhatTwoCopiesHaveInAPlaceOfAThirdOneCountsOnce) {
  auto const id = centre.dispatch();
  ASSERT_TRUE(office.settle());
  office.back_up(backup);
  EpochOffice third(world, centre, world.dir / "third.db", keys);
  fs::copy_file(backup, world.dir / "third.db");
  third.open();
  third.note(id, "first to be sent");
  ASSERT_TRUE(third.settle());
  office.note(id, "in its place");
  office.note(id, "behind it");
  fs::remove(backup);
  office.back_up(backup);
  EpochOffice twin(world, centre, world.dir / "twin.db", keys);
  fs::copy_file(backup, world.dir / "twin.db");
  twin.open();
  twin.note(id, "the twin's own");

  Notes const all{{"first to be sent", 1}, {"in its place", 1}, {"behind it", 1}, {"the twin's own", 1}};
  for (auto* const chosen : {&office, &twin, &office}) {
    chosen->begin_journal();
    auto const settled = chosen->settle();
    ASSERT_TRUE(settled) << settled.error().sentence;
    expect_both_ends_agree(*chosen);
  }
  EXPECT_EQ(notes_at_the_centre(id), all);
}

TEST_F(Epochs, ACorrectionOfAnActThatMovedIsSentOnce) {
  auto const id = centre.dispatch();
  ASSERT_TRUE(office.settle());
  office.reach(id, "13900139000");
  office.correct(id, office.store().file_of(id)->acts.at(0).entry.at);
  office.back_up(backup);
  for (int i = 0; i < 2; ++i) {
    office.restore(backup);
    ASSERT_TRUE(office.settle());
    EXPECT_EQ(office.store().file_of(id)->acts.size(), 2u) << "restored " << i + 1 << " times";
  }
  expect_both_ends_agree(office);
}

TEST_F(Epochs, ACentreThatWasRestoredGetsBackWhatItLost) {
  auto const early = centre.dispatch();
  ASSERT_TRUE(office.settle());
  centre.back_up(backup);
  auto const late = centre.dispatch();
  ASSERT_TRUE(office.settle());
  office.note(early, "on the early one");
  office.note(late, "on the late one");
  ASSERT_TRUE(office.settle());
  auto const before = office.store().snapshot().feed;

  centre.restore(backup);
  EXPECT_EQ(centre.try_dispatch().error().code, "report_awaited");
  office.note(late, "meanwhile");
  auto const settled = office.settle();
  ASSERT_TRUE(settled) << settled.error().sentence;
  EXPECT_EQ(notes_at_the_centre(early), (Notes{{"on the early one", 1}}));
  EXPECT_EQ(notes_at_the_centre(late), (Notes{{"on the late one", 1}, {"meanwhile", 1}}));
  EXPECT_EQ(centre.store().dossier(late)->record.title, "路灯不亮");
  EXPECT_NE(office.store().snapshot().feed.list.epoch, before.list.epoch);
  auto const next = centre.dispatch();
  EXPECT_GT(next, late);
  ASSERT_TRUE(office.settle());
  expect_both_ends_agree(office);
}

TEST_F(Epochs, ACentreRolledBackBehindItsOwnBackIsToldByItsNode) {
  auto const early = centre.dispatch();
  ASSERT_TRUE(office.settle());
  centre.back_up(backup);
  auto const late = centre.dispatch();
  ASSERT_TRUE(office.settle());
  office.note(early, "early");
  office.note(late, "late");
  ASSERT_TRUE(office.settle());
  centre.restore(backup, false);
  auto const settled = office.settle();
  ASSERT_TRUE(settled) << settled.error().sentence;
  EXPECT_EQ(notes_at_the_centre(late), (Notes{{"late", 1}}));
  expect_both_ends_agree(office);
  EXPECT_GT(centre.dispatch(), late) << "no number is given twice";
}

TEST_F(Epochs, WhatALostCaseSharesItsNumberWithIsNotTakenForIt) {
  centre.add_unit("U2");
  centre.dispatch();
  ASSERT_TRUE(office.settle());
  centre.back_up(backup);
  auto const late = centre.dispatch();
  ASSERT_TRUE(office.settle());
  centre.restore(backup, false);
  world.clock.advance(std::chrono::minutes(1));
  ASSERT_EQ(centre.dispatch("U2", "噪声扰民"), late) << "nobody has told the centre, so it gives the number again";
  auto const settled = office.settle();
  ASSERT_FALSE(settled);
  EXPECT_EQ(settled.error().code, "report_conflicts");
  EXPECT_EQ(centre.store().dossier(late)->record.title, "噪声扰民");
  EXPECT_TRUE(office.store().file_of(late)) << "the node keeps what it holds";
}

TEST_F(Epochs, ACentreRestoredTwiceFromOneBackupGetsBothFeedsBack) {
  centre.dispatch();
  ASSERT_TRUE(office.settle());
  centre.back_up(backup);
  AssignmentId last{};
  for (int i = 0; i < 2; ++i) {
    last = centre.dispatch();
    ASSERT_TRUE(office.settle());
    office.note(last, "note " + std::to_string(i));
    ASSERT_TRUE(office.settle());
    centre.restore(backup);
    auto const settled = office.settle();
    ASSERT_TRUE(settled) << settled.error().sentence;
  }
  EXPECT_EQ(notes_at_the_centre(last), (Notes{{"note 1", 1}}));
  expect_both_ends_agree(office);
}

TEST_F(Epochs, ACentreRestoredToBeforeItsNodesRestoreGetsBothJournals) {
  auto const id = centre.dispatch();
  ASSERT_TRUE(office.settle());
  office.note(id, "first");
  ASSERT_TRUE(office.settle());
  auto const centre_backup = world.dir / "centre-backup";
  centre.back_up(centre_backup);
  office.note(id, "second");
  ASSERT_TRUE(office.settle());
  office.back_up(backup);
  office.restore(backup);
  ASSERT_TRUE(office.settle());
  office.note(id, "third");
  ASSERT_TRUE(office.settle());

  centre.restore(centre_backup);
  auto settled = office.settle();
  if (!settled) {
    // The centre does not know the live journal yet; the next attempt begins with its opening.
    EXPECT_EQ(settled.error().code, "unknown_epoch");
    settled = office.settle();
  }
  ASSERT_TRUE(settled) << settled.error().sentence;
  EXPECT_EQ(notes_at_the_centre(id), (Notes{{"first", 1}, {"second", 1}, {"third", 1}}));
  expect_both_ends_agree(office);
}

TEST_F(Epochs, AMessageOfBeforeTheRestoreIsNoReport) {
  centre.dispatch();
  ASSERT_TRUE(office.settle());
  auto const late = office.request_now();
  auto const lost = centre.dispatch();
  centre.back_up(backup);
  ASSERT_TRUE(office.settle());
  auto const newer = centre.dispatch();
  ASSERT_TRUE(office.settle());
  world.clock.advance(std::chrono::minutes(1));
  centre.restore(backup);
  ASSERT_TRUE(centre.handle(late)) << "it comes late, and knows less than the backup";
  EXPECT_EQ(centre.try_dispatch().error().code, "report_awaited");
  auto const settled = office.settle();
  ASSERT_TRUE(settled) << settled.error().sentence;
  EXPECT_TRUE(centre.store().dossier(lost));
  EXPECT_TRUE(centre.store().dossier(newer));
  expect_both_ends_agree(office);
}

TEST_F(Epochs, ABackupThatIsPutBackTwiceGivesNoNumberTwice) {
  centre.add_unit("U2");
  centre.back_up(backup);
  std::set<AssignmentId> given;
  for (int i = 0; i < 3; ++i) {
    centre.restore(backup);
    world.clock.advance(std::chrono::minutes(1));
    EXPECT_TRUE(given.insert(centre.dispatch("U2")).second) << "what was given in between is lost, and given it was";
  }
}

TEST_F(Epochs, BothEndsRestoredAgreeAgain) {
  auto const id = centre.dispatch();
  ASSERT_TRUE(office.settle());
  office.note(id, "first");
  ASSERT_TRUE(office.settle());
  auto const centre_backup = world.dir / "centre-backup";
  centre.back_up(centre_backup);
  office.note(id, "second");
  ASSERT_TRUE(office.settle());
  office.back_up(backup);
  office.note(id, "third");
  ASSERT_TRUE(office.settle());
  centre.restore(centre_backup);
  office.restore(backup);
  auto const settled = office.settle();
  ASSERT_TRUE(settled) << settled.error().sentence;
  // The third is with neither any more: both were put back to before it.
  EXPECT_EQ(notes_at_the_centre(id), (Notes{{"first", 1}, {"second", 1}}));
  expect_both_ends_agree(office);
}

}  // namespace
}  // namespace fieldnode::sim

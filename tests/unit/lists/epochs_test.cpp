#include <gtest/gtest.h>

#include "tests/unit/lists/lists_world.h"

namespace fieldnode::lists {
namespace {

using rules::EntryKind;
using wire::ListKind;

constexpr AssignmentId kOne{1};
constexpr wire::ListName kSecondJournal{ListKind::kJournal, kUnit, kNode, Epoch{5}};
constexpr wire::ListName kSecondFeed{ListKind::kFeed, kUnit, {}, Epoch{6}};

StoredEntry opening(End& end, ListKind kind, Position parent, Hash const& parent_hash) {
  auto const entry_kind = kind == ListKind::kFeed ? EntryKind::kFeedOpening : EntryKind::kJournalOpening;
  auto entry = new_entry(entry_kind, {}, rules::Opening{parent, parent_hash});
  entry.contact.keys = keys_from(end.chance);
  return append(end.lists, kind, std::move(entry));
}

NewEntry note_on(AssignmentId assignment) { return new_entry(EntryKind::kNote, assignment, rules::Note{}); }

TEST(Epochs, TheNewestRegisteredListIsTheLiveOne) {
  TwoEnds city;
  city.handle(kOne);
  auto& lists = city.centre.lists;
  auto const old_head = lists.head(ListKind::kJournal).value();
  lists.open(kSecondJournal);
  EXPECT_EQ(lists.head(ListKind::kJournal), (engine::ListHead{kSecondJournal, 0, wire::chain_start(kSecondJournal)}));
  EXPECT_EQ(lists.entry_at(ListKind::kJournal, {kJournal.epoch, old_head.seq})->hash, old_head.hash);
}

TEST(Epochs, RegisteringAListTwiceChangesNothing) {
  TwoEnds city;
  city.centre.lists.open(kSecondJournal);
  city.centre.lists.open(kJournal);
  EXPECT_EQ(city.centre.lists.head(ListKind::kJournal)->list, kSecondJournal);
}

TEST(Epochs, ANewListGoesOnCountingAndHasItsOwnUnitWideKeys) {
  TwoEnds city;
  city.handle(kOne);
  auto& office = city.office;
  auto const before = office.lists.head(ListKind::kJournal).value();
  auto const old_keys = office.lists.keys_of(ListKind::kJournal, {});
  office.lists.open(kSecondJournal);
  EXPECT_EQ(office.lists.keys_of(ListKind::kJournal, {}), std::nullopt);
  opening(office, ListKind::kJournal, {before.list.epoch, before.seq}, before.hash);
  auto const note = append(office.lists, ListKind::kJournal, note_on(kOne));
  EXPECT_EQ(note.at, (Position{kSecondJournal.epoch, 2}));
  EXPECT_EQ(note.skeleton.number, 4U) << "three acts stand in the list before";
  EXPECT_NE(office.lists.keys_of(ListKind::kJournal, {}), old_keys);
  EXPECT_TRUE(office.lists.verify());
}

TEST(Epochs, AnActThatTurnsUpBeyondTheEndOfItsRunIsSetAside) {
  TwoEnds city;
  city.handle(kOne);
  auto const late = append(city.office.lists, ListKind::kJournal, city.based(ListKind::kJournal, note_on(kOne)));
  city.centre.lists.open(kSecondJournal);
  city.centre.lists.append_received(ListKind::kJournal, late);
  auto const state = city.centre.lists.fold(kOne).value();
  ASSERT_NE(state.act(late.at), nullptr);
  EXPECT_EQ(state.act(late.at)->standing, rules::Standing::kSetAside);
  EXPECT_EQ(city.office.lists.fold(kOne)->act(late.at)->standing, rules::Standing::kTaken);

  city.office.lists.open(kSecondJournal);
  city.office.lists.end_run(kJournal, late.at.seq - 1);
  EXPECT_EQ(city.office.lists.fold(kOne), city.centre.lists.fold(kOne))
      << "as soon as the centre has said where it ends";
}

TEST(Epochs, AFeedEndsWhereTheNextOnesOpeningSaysAndTheRestIsNotFolded) {
  TwoEnds city;
  city.handle(kOne);
  auto const kept = city.centre.lists.head(ListKind::kFeed).value();
  auto const lost = append(city.centre.lists, ListKind::kFeed,
                           city.based(ListKind::kFeed, new_entry(EntryKind::kTakeBack, kOne, rules::TakeBack{})));
  auto& lists = city.centre.lists;
  ASSERT_EQ(lists.fold(kOne)->stage(), rules::Stage::kTakenBack);

  lists.open(kSecondFeed);
  EXPECT_EQ(lists.fold(kOne)->stage(), rules::Stage::kTakenBack);
  opening(city.centre, ListKind::kFeed, {kept.list.epoch, kept.seq}, kept.hash);
  EXPECT_EQ(lists.fold(kOne)->stage(), rules::Stage::kResolved);
  EXPECT_EQ(lists.replay({}, {}).assignments.at(kOne), lists.fold(kOne));
  EXPECT_EQ(lists.entry_at(ListKind::kFeed, lost.at), lost) << "kept, but without effect";
  EXPECT_TRUE(lists.verify());
}

TEST(Epochs, AFeedThatGoesOnFromAnOlderOnePassesOverThoseBetween) {
  TwoEnds city;
  city.handle(kOne);
  auto& lists = city.centre.lists;
  auto const first = lists.head(ListKind::kFeed).value();
  lists.open(kSecondFeed);
  opening(city.centre, ListKind::kFeed, {first.list.epoch, first.seq}, first.hash);
  append(lists, ListKind::kFeed, city.based(ListKind::kFeed, new_entry(EntryKind::kTakeBack, kOne, rules::TakeBack{})));
  ASSERT_EQ(lists.fold(kOne)->stage(), rules::Stage::kTakenBack);
  lists.open({ListKind::kFeed, kUnit, {}, Epoch{7}});
  opening(city.centre, ListKind::kFeed, {first.list.epoch, first.seq}, first.hash);
  EXPECT_EQ(lists.fold(kOne)->stage(), rules::Stage::kResolved);
}

}  // namespace
}  // namespace fieldnode::lists

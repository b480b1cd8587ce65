#include "node/lists/entry_lists.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "node/db/transaction.h"
#include "tests/unit/lists/lists_world.h"

namespace fieldnode::lists {
namespace {

using rules::EntryKind;
using wire::ListKind;

constexpr AssignmentId kOne{1};
constexpr AssignmentId kTwo{0xFFFFFFFFFFFFFFFE};
constexpr std::size_t kPlenty = 1U << 20U;

TEST(EntryLists, AListBeginsEmptyAtItsChainsStart) {
  End end(1);
  EXPECT_EQ(end.lists.head(ListKind::kFeed), std::nullopt);
  EXPECT_EQ(end.lists.hash_at(ListKind::kFeed, 0), std::nullopt);
  EXPECT_TRUE(end.lists.after(ListKind::kFeed, 0, kPlenty).empty());
  end.lists.open(kFeed);
  EXPECT_EQ(end.lists.head(ListKind::kFeed), (engine::ListHead{kFeed, 0, wire::chain_start(kFeed)}));
  EXPECT_EQ(end.lists.hash_at(ListKind::kFeed, 0), wire::chain_start(kFeed));
  EXPECT_EQ(end.lists.hash_at(ListKind::kFeed, 1), std::nullopt);
}

TEST(EntryLists, AnAppendedEntryIsChainedSaltedAndFoundAgain) {
  TwoEnds city;
  auto& lists = city.centre.lists;
  auto const before = lists.head(ListKind::kFeed).value();
  auto entry = dispatch_of(kOne, city.centre.chance);
  auto const keys = entry.contact.keys;
  auto const stored = append(lists, ListKind::kFeed, entry);

  EXPECT_EQ(stored.at, (Position{kFeed.epoch, before.seq + 1}));
  EXPECT_EQ(stored.leaf, wire::leaf_of(stored.entry, kFeed, stored.at.seq, keys).value());
  EXPECT_EQ(stored.hash, wire::chain_next(before.hash, stored.leaf));
  EXPECT_EQ(lists.head(ListKind::kFeed), (engine::ListHead{kFeed, stored.at.seq, stored.hash}));
  EXPECT_EQ(lists.hash_at(ListKind::kFeed, stored.at.seq), stored.hash);
  EXPECT_EQ(lists.entry_at(ListKind::kFeed, stored.at), stored);
  EXPECT_EQ(wire::decode_body(stored.entry.body.bytes).value(), entry.body);
  EXPECT_EQ(wire::decode_contact(stored.entry.contact.bytes).value(), entry.contact);
}

TEST(EntryLists, APlaceThatIsNotHeldHasNoEntry) {
  TwoEnds city;
  EXPECT_EQ(city.office.lists.entry_at(ListKind::kFeed, {kFeed.epoch, 0}), std::nullopt);
  EXPECT_EQ(city.office.lists.entry_at(ListKind::kFeed, {kFeed.epoch, 2}), std::nullopt);
  EXPECT_EQ(city.office.lists.entry_at(ListKind::kFeed, {kJournal.epoch, 1}), std::nullopt);
}

TEST(EntryLists, NumbersCountEachListsEntriesOnEachAssignment) {
  TwoEnds city;
  city.handle(kOne);
  city.handle(kTwo);
  city.handle(AssignmentId{3});
  city.say(ListKind::kJournal, new_entry(EntryKind::kNote, kTwo, rules::Note{}));
  for (auto const kind : {ListKind::kFeed, ListKind::kJournal}) {
    for (auto const assignment : {kOne, kTwo, AssignmentId{3}, AssignmentId{}}) {
      std::uint64_t expected = 1;
      for (auto const& entry : city.centre.lists.entries_of(kind, assignment)) {
        EXPECT_EQ(entry.skeleton.number, expected++);
      }
      EXPECT_GT(expected, 1U);
    }
  }
  EXPECT_EQ(city.office.lists.entries_of(ListKind::kJournal, kTwo).size(), 4U);
}

TEST(EntryLists, BothEndsHoldTheSameEntriesHeadsAndFold) {
  TwoEnds city;
  city.handle(kOne);
  city.handle(kTwo);
  for (auto const kind : {ListKind::kFeed, ListKind::kJournal}) {
    EXPECT_EQ(city.office.lists.head(kind), city.centre.lists.head(kind));
    EXPECT_EQ(city.office.lists.after(kind, 0, kPlenty), city.centre.lists.after(kind, 0, kPlenty));
    for (auto const assignment : {kOne, kTwo, AssignmentId{}}) {
      EXPECT_EQ(city.office.lists.entries_of(kind, assignment), city.centre.lists.entries_of(kind, assignment));
    }
  }
  for (auto const assignment : {kOne, kTwo}) {
    auto const state = city.office.lists.fold(assignment);
    EXPECT_EQ(state, city.centre.lists.fold(assignment));
    ASSERT_TRUE(state);
    EXPECT_EQ(state->stage(), rules::Stage::kResolved);
    EXPECT_EQ(state->acts.size(), 3U);
    EXPECT_EQ(state->supervision.size(), 1U);
  }
  EXPECT_EQ(city.office.lists.fold(AssignmentId{99}), std::nullopt);
}

TEST(EntryLists, ActsAreSaltedWithTheKeysOfTheirDispatch) {
  TwoEnds city;
  auto dispatch = dispatch_of(kOne, city.centre.chance);
  auto const keys = dispatch.contact.keys;
  city.say(ListKind::kFeed, dispatch);
  for (auto* end : {&city.office, &city.centre}) {
    EXPECT_EQ(end->lists.keys_of(ListKind::kJournal, kOne), keys);
    EXPECT_EQ(end->lists.keys_of(ListKind::kFeed, kOne), keys);
    EXPECT_EQ(end->lists.keys_of(ListKind::kJournal, kTwo), std::nullopt);
  }
  auto const act = city.say(ListKind::kJournal, contact_with(kOne, "called"));
  EXPECT_EQ(act.leaf, wire::leaf_of(act.entry, kJournal, act.at.seq, keys).value());
}

TEST(EntryLists, EntriesOnNoAssignmentAreSaltedWithTheKeysOfTheirListsOpening) {
  TwoEnds city;
  auto const of_feed = city.office.lists.keys_of(ListKind::kFeed, {});
  auto const of_journal = city.office.lists.keys_of(ListKind::kJournal, {});
  ASSERT_TRUE(of_feed && of_journal);
  EXPECT_NE(of_feed, of_journal);
  EXPECT_EQ(city.centre.lists.keys_of(ListKind::kFeed, {}), of_feed);
  EXPECT_EQ(city.centre.lists.keys_of(ListKind::kJournal, {}), of_journal);
  auto policy = new_entry(EntryKind::kPolicy, {}, rules::PolicyVersion{"2026-1"});
  policy.body.texts = {{wire::TextTag::kDocument, "signed text"}};
  auto const entry = city.say(ListKind::kFeed, policy);
  EXPECT_EQ(entry.leaf, wire::leaf_of(entry.entry, kFeed, entry.at.seq, of_feed).value());
}

TEST(EntryLists, AnActWithWordsOnAnAssignmentWithoutDispatchIsRefusedAndLeavesNoTrace) {
  TwoEnds city;
  auto const before = city.office.lists.head(ListKind::kJournal);
  EXPECT_EQ(city.office.lists.append(ListKind::kJournal, contact_with(kOne, "called")).error().code,
            "missing_salt_keys");
  EXPECT_EQ(city.office.lists.head(ListKind::kJournal), before);
  EXPECT_EQ(city.office.lists.fold(kOne), std::nullopt);
}

TEST(EntryLists, AnEntryTooLargeIsRefusedAndLeavesNoTrace) {
  TwoEnds city;
  city.say(ListKind::kFeed, dispatch_of(kOne, city.centre.chance));
  auto const before = city.office.lists.head(ListKind::kJournal);
  auto const act = contact_with(kOne, std::string(wire::kBodyMaxBytes + 1, 'x'));
  EXPECT_EQ(city.office.lists.append(ListKind::kJournal, act).error().code, "entry_too_large");
  EXPECT_EQ(city.office.lists.head(ListKind::kJournal), before);
}

TEST(EntryLists, ABudgetIsKeptButNeverStopsTheFirstEntry) {
  TwoEnds city;
  city.handle(kOne);
  auto const all = city.office.lists.after(ListKind::kJournal, 0, kPlenty);
  ASSERT_EQ(all.size(), 4U);
  std::size_t fewer = 0;
  for (std::size_t budget = 0; budget < 2000; ++budget) {
    auto const some = city.office.lists.after(ListKind::kJournal, 0, budget);
    ASSERT_GE(some.size(), 1U);
    ASSERT_GE(some.size(), fewer) << "a greater budget brings no fewer";
    fewer = some.size();
    std::size_t bytes = 0;
    for (auto const& entry : some) {
      bytes += entry.skeleton.size() + entry.body.bytes.size() + entry.contact.bytes.size();
    }
    if (some.size() > 1) {
      EXPECT_LE(bytes, budget);
    }
    EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin()));
  }
  EXPECT_EQ(fewer, all.size());
  EXPECT_EQ(city.office.lists.after(ListKind::kJournal, 2, kPlenty).front(), all[2]);
  EXPECT_TRUE(city.office.lists.after(ListKind::kJournal, 4, kPlenty).empty());
}

TEST(EntryLists, ErasedPartsAreTakenKeptAndSentOnAsTheyCame) {
  TwoEnds city;
  auto const dispatch = append(city.centre.lists, ListKind::kFeed, dispatch_of(kOne, city.centre.chance));
  auto const keys = city.centre.lists.keys_of(ListKind::kFeed, kOne);
  auto erased = dispatch;
  erased.entry = wire::erased(dispatch.entry, {.body = true, .contact = true}, kFeed, dispatch.at.seq, keys).value();
  city.office.lists.append_received(ListKind::kFeed, erased);
  EXPECT_EQ(city.office.lists.entry_at(ListKind::kFeed, dispatch.at), erased);
  EXPECT_EQ(city.office.lists.head(ListKind::kFeed), city.centre.lists.head(ListKind::kFeed));
  EXPECT_TRUE(city.office.lists.verify());
  EXPECT_EQ(city.office.lists.keys_of(ListKind::kFeed, kOne), std::nullopt);
}

TEST(EntryLists, ARolledBackDispatchLeavesNoKeysBehind) {
  TwoEnds city;
  {
    db::Transaction const abandoned(city.centre.connection);
    append(city.centre.lists, ListKind::kFeed, dispatch_of(kOne, city.centre.chance));
    ASSERT_TRUE(city.centre.lists.keys_of(ListKind::kFeed, kOne));
  }
  EXPECT_EQ(city.centre.lists.keys_of(ListKind::kFeed, kOne), std::nullopt);
  city.handle(kOne);
  EXPECT_TRUE(city.centre.lists.verify());
  EXPECT_TRUE(city.office.lists.verify());
}

TEST(EntryLists, TheUnitsOfOneDatabaseDoNotTouchEachOther) {
  TwoEnds city;
  UnitId const other{12};
  auto& centre = city.centre;
  EntryLists neighbour(centre.connection, centre.vault, other);
  EXPECT_EQ(neighbour.head(ListKind::kFeed), std::nullopt);
  // The same epoch and the same assignment on purpose.
  neighbour.open({ListKind::kFeed, other, {}, kFeed.epoch});
  auto opening = new_entry(EntryKind::kFeedOpening, {}, rules::Opening{});
  opening.contact.keys = keys_from(centre.chance);
  append(neighbour, ListKind::kFeed, opening);
  auto const theirs = append(neighbour, ListKind::kFeed, dispatch_of(kOne, centre.chance));
  city.handle(kOne);

  EXPECT_EQ(theirs.skeleton.number, 1U);
  EXPECT_EQ(neighbour.head(ListKind::kFeed)->seq, 2U);
  EXPECT_EQ(neighbour.entries_of(ListKind::kFeed, kOne).size(), 1U);
  EXPECT_TRUE(neighbour.entries_of(ListKind::kJournal, kOne).empty());
  EXPECT_NE(neighbour.keys_of(ListKind::kFeed, kOne), centre.lists.keys_of(ListKind::kFeed, kOne));
  EXPECT_NE(neighbour.keys_of(ListKind::kFeed, {}), centre.lists.keys_of(ListKind::kFeed, {}));
  EXPECT_EQ(neighbour.fold(kOne)->stage(), rules::Stage::kOpen);
  EXPECT_EQ(centre.lists.fold(kOne), city.office.lists.fold(kOne));
  EXPECT_EQ(neighbour.replay({}, {}).assignments.size(), 1U);
  EXPECT_EQ(centre.lists.replay({}, {}), city.office.lists.replay({}, {}));

  centre.connection.execute("UPDATE entry SET leaf = zeroblob(32) WHERE list = (SELECT id FROM list WHERE unit = 12)");
  EXPECT_FALSE(neighbour.verify());
  EXPECT_TRUE(centre.lists.verify());
}

TEST(EntryLists, WithAnotherMasterKeyNothingIsReadOrWritten) {
  TwoEnds city;
  city.handle(kOne);
  SeededRandom random(77);
  ContactVault other(crypto::make_seal_key(random), random);
  EntryLists lists(city.office.connection, other, kUnit);
  EXPECT_THROW((void)lists.after(ListKind::kFeed, 0, kPlenty), BrokenWorld);
  EXPECT_THROW((void)lists.keys_of(ListKind::kFeed, kOne), BrokenWorld);
  EXPECT_THROW((void)lists.append(ListKind::kJournal, contact_with(kOne, "x")), BrokenWorld);
  EXPECT_EQ(lists.verify().error().code, "chain_broken");
  EXPECT_TRUE(lists.fold(kOne)) << "the fold reads no contact part";
}

std::string content_of(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(EntryLists, ContactDataAndSaltKeysNeverStandInTheFile) {
  auto const directory = std::filesystem::path(testing::TempDir()) / "fieldnode-lists-plain";
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  auto const path = directory / "office.db";
  SeededRandom random(9);
  auto const dispatch = dispatch_of(kOne, random);
  {
    auto connection = db::Connection::open_writer(path).value();
    migrate_lists(connection);
    ContactVault vault(crypto::make_seal_key(random), random);
    EntryLists lists(connection, vault, kUnit);
    db::Transaction transaction(connection);
    lists.open(kFeed);
    append(lists, ListKind::kFeed, dispatch);
    append(lists, ListKind::kFeed, contact_with(kOne, "a note"));
    transaction.commit();
    connection.checkpoint(db::CheckpointMode::kPassive);
    auto const bytes = content_of(path) + content_of(path.native() + "-wal");
    EXPECT_NE(bytes.find("Since Monday the lamp is dark."), std::string::npos) << "the body must be found";
    EXPECT_EQ(bytes.find("13800001234"), std::string::npos);
    EXPECT_EQ(bytes.find("王小明"), std::string::npos);
    EXPECT_EQ(bytes.find(text_of(dispatch.contact.keys->body)), std::string::npos);
    EXPECT_EQ(bytes.find(text_of(dispatch.contact.keys->contact)), std::string::npos);
  }
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace fieldnode::lists

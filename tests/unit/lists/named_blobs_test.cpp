#include "node/lists/named_blobs.h"

#include <gtest/gtest.h>

#include "tests/unit/lists/lists_world.h"

namespace fieldnode::lists {
namespace {

constexpr AssignmentId kCase{7};

NewEntry note_with(std::vector<wire::BlobRef> blobs) {
  auto entry = new_entry(rules::EntryKind::kNote, kCase, rules::Note{});
  entry.skeleton.blobs = static_cast<std::uint32_t>(blobs.size());
  entry.body.blobs = std::move(blobs);
  return entry;
}

class NamedBlobsTest : public testing::Test {
 protected:
  void SetUp() override { ends.say(wire::ListKind::kFeed, dispatch_of(kCase, ends.centre.chance)); }

  TwoEnds ends;
  Hash photo{1};
  Hash film{2};
};

TEST_F(NamedBlobsTest, BothEndsKnowWhatAnEntryNames) {
  ends.say(wire::ListKind::kJournal, note_with({{photo, 70'000, 3, "a.jpg"}, {film, 9, 2, "b.mp4"}}));
  for (auto* end : {&ends.office, &ends.centre}) {
    NamedBlobs names(end->connection);
    EXPECT_EQ(names.size_of(kUnit, kCase, photo), 70'000u);
    EXPECT_EQ(names.size_of(kUnit, kCase, film), 9u);
    EXPECT_FALSE(names.size_of(kUnit, AssignmentId{8}, photo)) << "another assignment's";
    EXPECT_FALSE(names.size_of(UnitId{12}, kCase, photo)) << "another unit's";
  }
}

TEST_F(NamedBlobsTest, ARedactedEntryNamesNothing) {
  auto const said = ends.say(wire::ListKind::kJournal, note_with({{photo, 70'000, 3, "a.jpg"}}));
  auto order = new_entry(rules::EntryKind::kRedact, kCase, rules::Redact{.target = said.at, .in_journal = true});
  order.contact.keys = keys_from(ends.centre.chance);
  auto const redact = ends.say(wire::ListKind::kFeed, order);
  ASSERT_TRUE(ends.office.lists.apply_redact(redact.at));
  EXPECT_FALSE(NamedBlobs(ends.office.connection).size_of(kUnit, kCase, photo));
}

TEST_F(NamedBlobsTest, WhatIsTakenOutOfAJournalNamesNothingAndItsPlacesAreFree) {
  auto const kept = ends.say(wire::ListKind::kJournal, note_with({{photo, 70'000, 3, "a.jpg"}}));
  ends.say(wire::ListKind::kJournal, note_with({{film, 9, 2, "b.mp4"}}));
  auto& lists = ends.office.lists;
  ASSERT_EQ(lists.cut(kJournal.epoch, kept.at.seq).size(), 1u);
  NamedBlobs names(ends.office.connection);
  EXPECT_TRUE(names.size_of(kUnit, kCase, photo));
  EXPECT_FALSE(names.size_of(kUnit, kCase, film));
  ASSERT_TRUE(lists.append(wire::ListKind::kJournal, note_with({{film, 9, 2, "c.mp4"}}))) << "at the same place";
  (void)lists.cut(kJournal.epoch, 0);
  ListRegister journals(ends.office.connection, kUnit);
  journals.remove(*journals.find(wire::ListKind::kJournal, kJournal.epoch));
}

}  // namespace
}  // namespace fieldnode::lists

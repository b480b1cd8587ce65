#include <gtest/gtest.h>

#include "tests/unit/lists/lists_world.h"

namespace fieldnode::lists {
namespace {

using rules::EntryKind;
using wire::ListKind;
using wire::PartForm;

constexpr AssignmentId kOne{1};
constexpr AssignmentId kTwo{2};

std::vector<StoredEntry> everything_on(EntryLists& lists, AssignmentId assignment) {
  auto entries = lists.entries_of(ListKind::kFeed, assignment);
  for (auto& act : lists.entries_of(ListKind::kJournal, assignment)) entries.push_back(std::move(act));
  return entries;
}

/// A case whose contact (journal 3) is to be redacted, and another one beside it.
class Erasing : public testing::Test {
 protected:
  Erasing() {
    city_.handle(kOne);
    city_.handle(kTwo);
  }

  [[nodiscard]] NewEntry redact_of(Position target) {
    auto entry = new_entry(EntryKind::kRedact, kOne, rules::Redact{target, true});
    entry.contact.fields = {{wire::ContactTag::kTelephone, "13800001234"}};
    entry.contact.keys = keys_from(city_.centre.chance);
    return entry;
  }
  [[nodiscard]] StoredEntry redact(Position target) { return city_.say(ListKind::kFeed, redact_of(target)); }

  TwoEnds city_;
};

TEST_F(Erasing, ContactsGoAndEveryLeafBodyAndFoldStays) {
  auto const before = everything_on(city_.office.lists, kOne);
  auto const fold = city_.office.lists.fold(kOne);
  auto const neighbour = everything_on(city_.office.lists, kTwo);
  city_.office.lists.erase_contacts(kOne);
  auto const after = everything_on(city_.office.lists, kOne);
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t at = 0; at < after.size(); ++at) {
    EXPECT_EQ(after[at].leaf, before[at].leaf);
    EXPECT_EQ(after[at].entry.body.bytes, before[at].entry.body.bytes);
    EXPECT_TRUE(after[at].entry.contact.bytes.empty());
    EXPECT_EQ(after[at].entry.contact.form == PartForm::kErased, before[at].entry.contact.form == PartForm::kWhole);
  }
  EXPECT_TRUE(city_.office.lists.verify());
  EXPECT_EQ(city_.office.lists.fold(kOne), fold);
  EXPECT_EQ(everything_on(city_.office.lists, kTwo), neighbour);
  auto keys = city_.office.connection.prepare("SELECT count(*) FROM data_key WHERE assignment = 1");
  EXPECT_EQ(keys.one<std::int64_t>(), 0);
}

TEST_F(Erasing, ErasedContactsAreTakenByAReplicaThatStartsFromThem) {
  city_.centre.lists.erase_contacts(kOne);
  End replica(7);
  for (auto const kind : {ListKind::kFeed, ListKind::kJournal}) {
    replica.lists.open(kind == ListKind::kFeed ? kFeed : kJournal);
    for (auto const& entry : city_.centre.lists.after(kind, 0, 1U << 20U)) receive(replica.lists, kind, entry);
    EXPECT_EQ(replica.lists.head(kind), city_.centre.lists.head(kind));
  }
  EXPECT_TRUE(replica.lists.verify());
}

TEST_F(Erasing, ARedactTakesOneBodyAndTheOldKeysAndBreaksNothing) {
  Position const target{kJournal.epoch, 3};
  auto const order = redact(target);
  for (auto* end : {&city_.office, &city_.centre}) {
    ASSERT_TRUE(end->lists.apply_redact(order.at));
    EXPECT_EQ(end->lists.entry_at(ListKind::kJournal, target)->entry.body.form, PartForm::kErased);
    EXPECT_EQ(end->lists.entry_at(ListKind::kJournal, target)->entry.contact.bytes.empty(), false);
    EXPECT_FALSE(end->lists.entry_at(ListKind::kJournal, {kJournal.epoch, 4})->entry.body.bytes.empty());
    EXPECT_EQ(end->lists.keys_of(ListKind::kJournal, kOne),
              wire::own_keys(ListKind::kFeed, order.at.seq, order.skeleton.kind, order.entry).value());
    EXPECT_TRUE(end->lists.verify());
  }
  city_.say(ListKind::kJournal, contact_with(kOne, "called again, salted with the new keys"));
  EXPECT_TRUE(city_.office.lists.verify());
  EXPECT_TRUE(city_.centre.lists.verify());
  EXPECT_EQ(city_.office.lists.fold(kOne), city_.centre.lists.fold(kOne));
}

TEST_F(Erasing, ARedactAppliedAgainChangesNothingMore) {
  auto const order = redact({kJournal.epoch, 3});
  ASSERT_TRUE(city_.office.lists.apply_redact(order.at));
  auto const once = everything_on(city_.office.lists, kOne);
  ASSERT_TRUE(city_.office.lists.apply_redact(order.at));
  EXPECT_EQ(everything_on(city_.office.lists, kOne), once);
}

TEST_F(Erasing, AnEarlierRedactAppliedAgainLeavesTheKeysOfALaterOne) {
  auto const first = redact({kJournal.epoch, 3});
  auto const second = redact({kJournal.epoch, 4});
  for (auto const& order : {first, second, first}) ASSERT_TRUE(city_.office.lists.apply_redact(order.at));
  EXPECT_EQ(city_.office.lists.keys_of(ListKind::kJournal, kOne),
            wire::own_keys(ListKind::kFeed, second.at.seq, second.skeleton.kind, second.entry).value());
  EXPECT_TRUE(city_.office.lists.verify());
}

TEST_F(Erasing, WhatStandsAheadBehindARedactIsSaltedWithItsKeys) {
  Position const target{kJournal.epoch, 3};
  auto const order = append(city_.centre.lists, ListKind::kFeed, redact_of(target));
  ASSERT_TRUE(city_.centre.lists.apply_redact(order.at));
  auto words = new_entry(EntryKind::kSupervisionNote, kOne, rules::SupervisionNote{});
  words.body.texts = {{wire::TextTag::kReason, "said after it"}};
  auto const note = append(city_.centre.lists, ListKind::kFeed, std::move(words));
  auto& office = city_.office.lists;
  office.append_ahead(order);
  office.append_ahead(note);
  ASSERT_TRUE(office.apply_redact(order.at));
  EXPECT_TRUE(office.verify());
  EXPECT_EQ(office.entry_at(ListKind::kJournal, target)->entry.body.form, PartForm::kErased);
  office.append_received(ListKind::kFeed, order);
  office.append_received(ListKind::kFeed, note);
  ASSERT_TRUE(office.apply_redact(order.at));
  EXPECT_TRUE(office.verify());
  EXPECT_EQ(office.entry_at(ListKind::kFeed, note.at)->entry.body.bytes, note.entry.body.bytes);
}

TEST_F(Erasing, WhatIsSaidBehindARedactNeedsNoKeysAtTheOtherEnd) {
  ASSERT_TRUE(city_.office.lists.apply_redact(redact({kJournal.epoch, 3}).at));
  auto const act = append(city_.office.lists, ListKind::kJournal, contact_with(kOne, "the centre may lose the redact"));
  EXPECT_EQ(wire::leaf_of(act.entry, kJournal, act.at.seq, std::nullopt).value(), act.leaf);
  auto const other = append(city_.office.lists, ListKind::kJournal, contact_with(kTwo, "nothing was redacted here"));
  EXPECT_EQ(other.entry.body.form, PartForm::kWhole) << "16 bytes less";
}

TEST_F(Erasing, BehindARestoreWordsOnEarlierWorkNeedNoKeysAtTheOtherEnd) {
  auto& centre = city_.centre.lists;
  wire::ListName const next{ListKind::kFeed, kUnit, {}, Epoch{77}};
  auto const parent = centre.head(ListKind::kFeed).value();
  centre.open(next);
  auto opening = new_entry(EntryKind::kFeedOpening, {},
                           rules::Opening{.parent = {kFeed.epoch, parent.seq}, .parent_hash = parent.hash});
  opening.contact.keys = keys_from(city_.centre.chance);
  append(centre, ListKind::kFeed, std::move(opening));
  auto const note = [&](AssignmentId id) {
    auto words = new_entry(EntryKind::kSupervisionNote, id, rules::SupervisionNote{});
    words.body.texts = {{wire::TextTag::kReason, "said after it"}};
    return append(centre, ListKind::kFeed, std::move(words));
  };
  auto const early = note(kOne);
  EXPECT_EQ(wire::leaf_of(early.entry, next, early.at.seq, std::nullopt).value(), early.leaf);
  constexpr AssignmentId kThree{3};
  append(centre, ListKind::kFeed, dispatch_of(kThree, city_.centre.chance));
  EXPECT_EQ(note(kThree).entry.body.form, PartForm::kWhole) << "its keys stand in the same feed";
  EXPECT_TRUE(centre.verify());

  std::uint64_t seq = 0;
  for (auto const& act : centre.lasting_after(ListKind::kJournal, {kJournal.epoch, 0}, 1U << 20U)) {
    auto const held = centre.entry_at(ListKind::kJournal, {kJournal.epoch, ++seq});
    if (seq == 1) continue;  // the opening brings the keys of what stands on no assignment
    EXPECT_EQ(wire::leaf_of(act, kJournal, seq, std::nullopt).value(), held->leaf);
  }
  EXPECT_EQ(seq, centre.head(ListKind::kJournal)->seq);
}

TEST_F(Erasing, WhatIsNoRedactAndATargetThatIsNotHeldAreRefused) {
  EXPECT_EQ(city_.office.lists.apply_redact({kFeed.epoch, 2}).error().code, "no_such_redact");
  EXPECT_EQ(city_.office.lists.apply_redact({kFeed.epoch, 99}).error().code, "no_such_redact");
  auto const order = redact({kJournal.epoch, 99});
  EXPECT_EQ(city_.office.lists.apply_redact(order.at).error().code, "redact_target_missing");
  EXPECT_TRUE(city_.office.lists.verify());
}

}  // namespace
}  // namespace fieldnode::lists

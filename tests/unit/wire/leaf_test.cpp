#include <gtest/gtest.h>

#include "sync/crypto/hash.h"
#include "tests/unit/wire/random_entries.h"

namespace fieldnode::wire {
namespace {

class Leaf : public testing::Test {
 protected:
  Leaf() {
    Body const body{.texts = {{TextTag::kNote, "已到现场"}}, .blobs = {}};
    ContactData const contact{.fields = {{ContactTag::kName, "王某"}}, .keys = {}};
    entry_ = encode_entry(random_skeleton(random_, rules::EntryKind::kNote), body, contact).value();
    leaf_ = leaf_of(entry_, list_, kSeq, keys_).value();
  }

  static constexpr std::uint64_t kSeq = 12;
  SeededRandom random_{11};
  ListName list_ = random_list(random_);
  std::optional<SaltKeys> keys_ = random_keys(random_);
  EncodedEntry entry_;
  Hash leaf_{};
};

TEST_F(Leaf, IsTheSameWhicheverPartsAreErased) {
  for (bool const body : {false, true}) {
    for (bool const contact : {false, true}) {
      auto const rest = erased(entry_, {.body = body, .contact = contact}, list_, kSeq, keys_).value();
      EXPECT_EQ(leaf_of(rest, list_, kSeq, keys_).value(), leaf_);
      EXPECT_EQ(rest.body.bytes.empty(), body);
      EXPECT_EQ(rest.contact.bytes.empty(), contact);
    }
  }
}

TEST_F(Leaf, OfAnErasedEntryNeedsNoKeys) {
  auto const rest = erased(entry_, {.body = true, .contact = true}, list_, kSeq, keys_).value();
  EXPECT_EQ(leaf_of(rest, list_, kSeq, std::nullopt).value(), leaf_);
  EXPECT_EQ(erased(rest, {.body = true, .contact = true}, list_, kSeq, std::nullopt).value(), rest);
}

TEST_F(Leaf, WithTheSaltWrittenOutNeedsNoBodyKey) {
  auto salted = with_body_salt(entry_, list_, kSeq, keys_).value();
  EXPECT_EQ(salted.body.form, PartForm::kSalted);
  EXPECT_EQ(salted.body.bytes, entry_.body.bytes);
  salted = erased(salted, {.contact = true}, list_, kSeq, keys_).value();
  EXPECT_EQ(leaf_of(salted, list_, kSeq, std::nullopt).value(), leaf_);
  EXPECT_EQ(with_body_salt(salted, list_, kSeq, std::nullopt).value(), salted);
}

TEST_F(Leaf, OfAWholeEntryWithoutKeysIsRefused) {
  EXPECT_EQ(leaf_of(entry_, list_, kSeq, std::nullopt).error().code, "missing_salt_keys");
  EXPECT_EQ(erased(entry_, {.body = true}, list_, kSeq, std::nullopt).error().code, "missing_salt_keys");
  EXPECT_EQ(with_body_salt(entry_, list_, kSeq, std::nullopt).error().code, "missing_salt_keys");
}

TEST_F(Leaf, OfAnEntryThatSaysNothingUsesZeros) {
  auto bare = entry_;
  bare.body = {};
  bare.contact = {};
  auto const expected = crypto::hash_under("fieldnode/leaf/1", {bare.skeleton, Hash{}, Hash{}});
  EXPECT_EQ(leaf_of(bare, list_, kSeq, std::nullopt).value(), expected);
  EXPECT_EQ(erased(bare, {.body = true, .contact = true}, list_, kSeq, std::nullopt).value(), bare);
}

TEST_F(Leaf, DependsOnEveryByteAndOnThePlace) {
  auto const changed = [&](auto change) {
    auto other = entry_;
    change(other);
    return leaf_of(other, list_, kSeq, keys_).value();
  };
  for (std::size_t i = 0; i < entry_.skeleton.size(); ++i) {
    EXPECT_NE(changed([&](auto& other) { other.skeleton[i] ^= 1; }), leaf_);
  }
  for (std::size_t i = 0; i < entry_.body.bytes.size(); ++i) {
    EXPECT_NE(changed([&](auto& other) { other.body.bytes[i] ^= 1; }), leaf_);
  }
  EXPECT_NE(changed([](auto& other) { other.contact.bytes[0] ^= 1; }), leaf_);
  EXPECT_NE(changed([](auto& other) { std::swap(other.body, other.contact); }), leaf_);
  EXPECT_NE(leaf_of(entry_, list_, kSeq + 1, keys_).value(), leaf_);
  auto elsewhere = list_;
  elsewhere.epoch.value ^= 1;
  EXPECT_NE(leaf_of(entry_, elsewhere, kSeq, keys_).value(), leaf_);
}

TEST_F(Leaf, SaltsOfTwoPlacesOrKeysDiffer) {
  auto other = list_;
  other.kind = list_.kind == ListKind::kFeed ? ListKind::kJournal : ListKind::kFeed;
  auto const salt = salt_of(keys_->body, list_, kSeq);
  EXPECT_NE(salt, salt_of(keys_->contact, list_, kSeq));
  EXPECT_NE(salt, salt_of(keys_->body, other, kSeq));
  EXPECT_NE(salt, salt_of(keys_->body, list_, kSeq + 1));
}

TEST_F(Leaf, AnEntryHandsOutTheKeysItBrings) {
  using rules::EntryKind;
  EXPECT_EQ(own_keys(ListKind::kFeed, kSeq, EntryKind::kNote, entry_).value(), std::nullopt);
  auto const bringing =
      encode_entry(random_skeleton(random_, EntryKind::kDispatch), {}, {.fields = {}, .keys = keys_}).value();
  EXPECT_EQ(own_keys(ListKind::kFeed, kSeq, EntryKind::kDispatch, bringing).value(), keys_);
  EXPECT_EQ(own_keys(ListKind::kFeed, kSeq, EntryKind::kRedact, bringing).value(), keys_);
  EXPECT_EQ(own_keys(ListKind::kJournal, 1, EntryKind::kJournalOpening, bringing).value(), keys_);
  auto const rest = erased(bringing, {.contact = true}, list_, kSeq, keys_).value();
  EXPECT_EQ(own_keys(ListKind::kFeed, kSeq, EntryKind::kDispatch, rest).value(), std::nullopt);
}

TEST_F(Leaf, WhatBringsNoKeysHasNoSayInThem) {
  using rules::EntryKind;
  auto const bringing =
      encode_entry(random_skeleton(random_, EntryKind::kDispatch), {}, {.fields = {}, .keys = keys_}).value();
  EXPECT_EQ(own_keys(ListKind::kFeed, kSeq, EntryKind::kNote, bringing).value(), std::nullopt);
  EXPECT_EQ(own_keys(ListKind::kJournal, kSeq, EntryKind::kDispatch, bringing).value(), std::nullopt);
  EXPECT_EQ(own_keys(ListKind::kJournal, kSeq, EntryKind::kJournalOpening, bringing).value(), std::nullopt);
  auto garbled = bringing;
  random_.fill(garbled.contact.bytes);
  EXPECT_EQ(own_keys(ListKind::kJournal, kSeq, EntryKind::kNote, garbled).value(), std::nullopt);
}

TEST_F(Leaf, ChainsOfTwoListsNeverMeet) {
  auto other = list_;
  other.unit.value ^= 1;
  EXPECT_NE(chain_start(list_), chain_start(other));
  EXPECT_NE(chain_next(chain_start(list_), leaf_), chain_next(chain_start(other), leaf_));
  EXPECT_NE(chain_next(chain_start(list_), leaf_), chain_next(leaf_, chain_start(list_)));
}

}  // namespace
}  // namespace fieldnode::wire

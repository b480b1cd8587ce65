#include "sync/wire/entry.h"

#include <gtest/gtest.h>

#include "tests/unit/wire/random_entries.h"

namespace fieldnode::wire {
namespace {

TEST(Entry, BodiesAndContactsComeBackWhole) {
  std::uint64_t const seed = 7;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  for (int round = 0; round < 500; ++round) {
    auto const body = random_body(random);
    auto const contact = random_contact(random);
    auto const entry = encode_entry(random_skeleton(random, rules::EntryKind::kNote), body, contact).value();
    EXPECT_EQ(entry.body.form, body.empty() ? PartForm::kEmpty : PartForm::kWhole);
    EXPECT_EQ(decode_body(entry.body.bytes).value(), body);
    EXPECT_EQ(decode_contact(entry.contact.bytes).value(), contact);
  }
}

TEST(Entry, ABodyFindsItsTextByTag) {
  Body const body{.texts = {{TextTag::kNote, "inner"}, {TextTag::kPublicAnswer, "to the citizen"}}, .blobs = {}};
  EXPECT_EQ(body.text(TextTag::kPublicAnswer), "to the citizen");
  EXPECT_EQ(body.text(TextTag::kTitle), "");
}

TEST(Entry, PartsCutAtAnyByteAreRefused) {
  Body const body{.texts = {{TextTag::kText, "路灯不亮"}}, .blobs = {{Hash{1}, 70'000, 3, "照片.jpg"}}};
  ContactData const contact{.fields = {{ContactTag::kTelephone, "13800000000"}}, .keys = SaltKeys{}};
  SeededRandom random(1);
  auto const entry = encode_entry(random_skeleton(random, rules::EntryKind::kNote), body, contact).value();
  for (std::size_t size = 1; size < entry.body.bytes.size(); ++size) {
    EXPECT_FALSE(decode_body(BytesView(entry.body.bytes).first(size))) << size;
  }
  for (std::size_t size = 1; size < entry.contact.bytes.size(); ++size) {
    EXPECT_FALSE(decode_contact(BytesView(entry.contact.bytes).first(size))) << size;
  }
}

TEST(Entry, FieldsAppendedToABodyAreSkipped) {
  SeededRandom random(1);
  auto bytes = encode_entry(random_skeleton(random, rules::EntryKind::kNote),
                            {.texts = {{TextTag::kNote, "x"}}, .blobs = {}}, {})
                   .value()
                   .body.bytes;
  bytes.insert(bytes.end(), {1, 2, 3});
  EXPECT_EQ(decode_body(bytes).value().text(TextTag::kNote), "x");
}

/// Every mixture of forms, with the same leaf or not: packing does not care.
std::vector<EncodedEntry> entries_in_all_forms(Random& random) {
  std::vector<EncodedEntry> entries;
  for (int body = 0; body < 4; ++body) {
    for (int contact = 0; contact < 4; ++contact) {
      auto entry = random_entry(random);
      entry.body = {static_cast<PartForm>(body), body % 2 == 1 ? Bytes{1, 2, 3} : Bytes{}, Hash{}, Salt{}};
      entry.contact = {static_cast<PartForm>(contact), contact % 2 == 1 ? Bytes{4} : Bytes{}, Hash{}, Salt{}};
      if (body == 2) random.fill(entry.body.inner);
      if (contact == 3) random.fill(entry.contact.salt);
      entries.push_back(entry);
    }
  }
  return entries;
}

TEST(Entry, EveryFormPacksAndUnpacks) {
  SeededRandom random(3);
  for (auto const& entry : entries_in_all_forms(random)) {
    auto const packed = pack_entry(entry);
    auto const read = unpack_entry(packed);
    ASSERT_TRUE(read) << read.error().sentence;
    EXPECT_EQ(*read, entry);
    for (std::size_t size = 0; size < packed.size(); ++size) {
      EXPECT_EQ(unpack_entry(BytesView(packed).first(size)).error().code, "malformed_entry");
    }
  }
}

TEST(Entry, AnUnknownFormOrATailIsRefused) {
  SeededRandom random(3);
  auto packed = pack_entry(random_entry(random));
  packed.push_back(0);
  EXPECT_NE(unpack_entry(packed).error().sentence.find("follow the entry"), std::string::npos);
  packed[0] = 4;
  EXPECT_NE(unpack_entry(packed).error().sentence.find("form 4"), std::string::npos);
}

TEST(Entry, TooLargeNamesThePart) {
  SeededRandom random(3);
  auto const skeleton = random_skeleton(random, rules::EntryKind::kNote);
  Body const body{.texts = {{TextTag::kText, std::string(kBodyMaxBytes, 'x')}}, .blobs = {}};
  ContactData const contact{.fields = {{ContactTag::kOther, std::string(kContactMaxBytes, 'x')}}, .keys = {}};
  EXPECT_EQ(encode_entry(skeleton, body, {}).error().code, "entry_too_large");
  EXPECT_NE(encode_entry(skeleton, body, {}).error().sentence.find("text"), std::string::npos);
  EXPECT_NE(encode_entry(skeleton, {}, contact).error().sentence.find("contact"), std::string::npos);
  auto wordy = skeleton;
  wordy.kind = rules::EntryKind::kPolicy;
  wordy.payload = rules::PolicyVersion{std::string(kSkeletonMaxBytes, 'v')};
  EXPECT_NE(encode_entry(wordy, {}, {}).error().sentence.find("skeleton"), std::string::npos);
}

TEST(Entry, LargestPartsStillPassTheDecoder) {
  SeededRandom random(3);
  Body const body{.texts = {{TextTag::kText, std::string(kBodyMaxBytes - 6, 'x')}}, .blobs = {}};
  auto const entry = encode_entry(random_skeleton(random, rules::EntryKind::kNote), body, {}).value();
  ASSERT_EQ(entry.body.bytes.size(), kBodyMaxBytes);
  EXPECT_EQ(unpack_entry(pack_entry(entry)).value(), entry);
}

}  // namespace
}  // namespace fieldnode::wire

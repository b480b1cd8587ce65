#include <gtest/gtest.h>

#include "sync/wire/skeleton.h"
#include "tests/unit/wire/random_entries.h"

namespace fieldnode::wire {
namespace {

rules::Skeleton acknowledgement() {
  rules::Skeleton skeleton;
  skeleton.kind = rules::EntryKind::kAcknowledgement;
  skeleton.assignment = AssignmentId{70'123};
  skeleton.number = 1;
  skeleton.staff = StaffId{4};
  skeleton.basis = {Epoch{0x0123456789abcdef}, 9'001};
  auto const now = utc_from_ms(1'760'000'000'000);
  skeleton.time = {rules::ClockClass::kAnchored, {now, now + Milliseconds(2'400)}, now + Milliseconds(1'200), 7};
  skeleton.payload = rules::Acknowledgement{};
  return skeleton;
}

TEST(Skeleton, OfEveryKindComesBackWhole) {
  std::uint64_t const seed = 20'180'101;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  ASSERT_EQ(known_kinds().size(), 49u);
  for (auto const kind : known_kinds()) {
    for (int round = 0; round < 200; ++round) {
      auto const skeleton = random_skeleton(random, kind);
      auto const entry = encode_entry(skeleton, {}, {}).value();
      auto const read = decode_skeleton(entry.skeleton);
      ASSERT_TRUE(read) << read.error().sentence;
      ASSERT_EQ(*read, skeleton) << "kind " << static_cast<int>(kind) << " " << to_hex(entry.skeleton);
    }
  }
}

TEST(Skeleton, CutAtAnyByteIsRefused) {
  SeededRandom random(5);
  for (auto const kind : known_kinds()) {
    auto const bytes = encode_entry(random_skeleton(random, kind), {}, {}).value().skeleton;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      auto const read = decode_skeleton(BytesView(bytes).first(size));
      ASSERT_FALSE(read) << "kind " << static_cast<int>(kind) << " cut to " << size;
      EXPECT_EQ(read.error().code, "malformed_entry");
    }
  }
}

TEST(Skeleton, AnAcknowledgementIsSmall) {
  auto const bytes = encode_entry(acknowledgement(), {}, {}).value().skeleton;
  EXPECT_LE(bytes.size(), 45u) << to_hex(bytes);
}

TEST(Skeleton, AFeedEntryOfOneMomentStoresItOnce) {
  auto skeleton = acknowledgement();
  auto const with_interval = encode_entry(skeleton, {}, {}).value().skeleton.size();
  skeleton.time = rules::central_time(skeleton.time.estimate);
  EXPECT_LE(encode_entry(skeleton, {}, {}).value().skeleton.size() + 10, with_interval);
}

TEST(Skeleton, AnUnknownKindIsKeptAndNotRead) {
  auto bytes = encode_entry(acknowledgement(), {}, {}).value().skeleton;
  bytes[1] = 60;
  auto const read = decode_skeleton(bytes);
  ASSERT_TRUE(read) << read.error().sentence;
  EXPECT_EQ(static_cast<int>(read->kind), 60);
  EXPECT_EQ(read->payload, rules::Payload(rules::UnknownPayload{}));
  EXPECT_EQ(read->assignment, AssignmentId{70'123});
}

TEST(Skeleton, FieldsThatANewerVersionAppendedAreSkipped) {
  auto skeleton = acknowledgement();
  skeleton.kind = rules::EntryKind::kExtensionApplication;
  skeleton.payload = rules::ExtensionApplication{rules::ExtensionGround::kSiteWork, 5};
  auto bytes = encode_entry(skeleton, {}, {}).value().skeleton;
  ASSERT_EQ(to_hex(BytesView(bytes).last(3)), "020205");
  bytes[0] = 2;                                            // the newer version
  bytes[bytes.size() - 3] = 4;                             // a payload of four bytes, of which two are known
  bytes.insert(bytes.end(), {0xaa, 0xbb, 0xcc, 0xdd, 9});  // and a header field after it
  auto const read = decode_skeleton(bytes);
  ASSERT_TRUE(read) << read.error().sentence;
  EXPECT_EQ(read->version, 2);
  EXPECT_EQ(read->payload, skeleton.payload);
}

TEST(Skeleton, AnUnknownWordOfAVocabularyIsKeptAsItsNumber) {
  auto skeleton = acknowledgement();
  skeleton.kind = rules::EntryKind::kSupervisionNote;
  skeleton.payload = rules::SupervisionNote{static_cast<rules::SupervisionGround>(200), true};
  auto const read = decode_skeleton(encode_entry(skeleton, {}, {}).value().skeleton);
  EXPECT_EQ(read.value().payload, skeleton.payload);
}

TEST(Skeleton, AnIntervalThatEndsBeforeItBeginsIsCarriedAsItIs) {
  auto skeleton = acknowledgement();
  skeleton.time.interval.latest = skeleton.time.interval.earliest - Milliseconds(5);
  EXPECT_EQ(decode_skeleton(encode_entry(skeleton, {}, {}).value().skeleton).value(), skeleton);
}

TEST(SkeletonDeathTest, APayloadOfAnotherKindIsABrokenProgram) {
  auto skeleton = acknowledgement();
  skeleton.payload = rules::Note{};
  EXPECT_DEATH((void)encode_entry(skeleton, {}, {}), "not the one of its kind");
}

TEST(Skeleton, AnAnomalyOfTheFirstVersionHasNoAnchorAndStillReads) {
  rules::Skeleton skeleton;
  skeleton.kind = rules::EntryKind::kAnomaly;
  skeleton.payload = rules::Anomaly{rules::AnomalyKind::kClockUnsound, 7, 0};
  auto const first_version = skeleton_bytes(skeleton);
  EXPECT_EQ(decode_skeleton(first_version).value(), skeleton);
  skeleton.payload = rules::Anomaly{rules::AnomalyKind::kClockUnsound, 7, 0x0102030405060708};
  auto const now = skeleton_bytes(skeleton);
  EXPECT_EQ(now.size(), first_version.size() + 8);
  EXPECT_EQ(decode_skeleton(now).value(), skeleton);
}

}  // namespace
}  // namespace fieldnode::wire

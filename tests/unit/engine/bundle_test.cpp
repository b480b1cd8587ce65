#include <gtest/gtest.h>

#include "sync/engine/bundle_memory.h"
#include "sync/engine/bundle_reader.h"
#include "sync/engine/bundle_writer.h"

namespace fieldnode::engine {
namespace {

class Bundle : public testing::Test {
 protected:
  SeededRandom random_{7};
  std::unique_ptr<crypto::SignatureSuite> suite_ = crypto::ed25519_suite();
  crypto::KeyPair node_ = suite_->make_keys(random_);
  crypto::KeyPair city_ = suite_->make_keys(random_);
  crypto::KeyPair stranger_ = suite_->make_keys(random_);

  [[nodiscard]] static wire::BundleHeader header() {
    return {.way = wire::BundleWay::kToCentre,
            .unit = UnitId{3},
            .node = NodeId{4},
            .journal_epoch = Epoch{0x1234'5678'9abc'def0},
            .city_key_id = 77,
            .number = 5};
  }

  [[nodiscard]] Bytes made(std::vector<std::string> const& messages) {
    MemoryBundle sink;
    auto writer = BundleWriter::begin(header(), {node_, city_.public_key}, *suite_, random_, sink);
    EXPECT_TRUE(writer.has_value());
    for (auto const& message : messages) EXPECT_TRUE(writer->add(bytes_of(message)).has_value());
    EXPECT_TRUE(writer->finish().has_value());
    EXPECT_EQ(writer->bytes(), sink.bytes().size());
    return sink.bytes();
  }

  [[nodiscard]] Result<std::vector<std::string>> read(BundleSource& source, crypto::KeyPair const& own,
                                                      crypto::PublicKey const& sender) {
    auto reader = BundleReader::open(source, *suite_, [&](wire::BundleHeader const&) -> Result<BundleReader::Keys> {
      return BundleReader::Keys{own, sender};
    });
    if (!reader) return reader.error();
    std::vector<std::string> messages;
    while (true) {
      auto const next = reader->next();
      if (!next) return next.error();
      if (!*next) break;
      EXPECT_EQ((*next)->kind, wire::BundleRecord::kMessage);
      messages.emplace_back(text_of((*next)->content));
    }
    EXPECT_EQ(reader->messages(), messages.size());
    return messages;
  }
  [[nodiscard]] Result<std::vector<std::string>> read(Bytes bytes) {
    MemoryBundle source(std::move(bytes));
    return read(source, city_, node_.public_key);
  }
};

TEST_F(Bundle, WhatWasPutInComesOutInOrder) {
  auto const bytes = made({"first", "", std::string(300'000, 'x')});
  EXPECT_EQ(*read(bytes), (std::vector<std::string>{"first", "", std::string(300'000, 'x')}));
}

TEST_F(Bundle, RecordsOfFilesComeInTheirPlacesAndThoseOfALaterVersionArePassedOver) {
  using enum wire::BundleRecord;
  MemoryBundle file;
  auto writer = BundleWriter::begin(header(), {node_, city_.public_key}, *suite_, random_, file);
  ASSERT_TRUE(writer);
  constexpr auto kOfLater = static_cast<wire::BundleRecord>(99);
  std::vector<wire::BundleRecord> const kinds{kMessage, kFileStates, kOfLater, kFilePart};
  for (auto const kind : kinds) ASSERT_TRUE(writer->add(kind, bytes_of("x")));
  ASSERT_TRUE(writer->finish());
  auto reader = BundleReader::open(file, *suite_, [&](wire::BundleHeader const&) {
    return Result<BundleReader::Keys>(BundleReader::Keys{city_, node_.public_key});
  });
  ASSERT_TRUE(reader);
  std::vector<wire::BundleRecord> read;
  while (auto const item = reader->next().value()) read.push_back(item->kind);
  EXPECT_EQ(read, (std::vector{kMessage, kFileStates, kFilePart}));
  EXPECT_EQ(reader->messages(), 1U);
}

TEST_F(Bundle, SaysHowMuchRoomAStickHasForOneMoreRecord) {
  MemoryBundle file;
  auto writer = BundleWriter::begin(header(), {node_, city_.public_key}, *suite_, random_, file);
  ASSERT_TRUE(writer);
  auto const room = writer->room();
  ASSERT_TRUE(writer->add(bytes_of("one")));
  EXPECT_EQ(room - writer->room(), wire::kBundleRecordLeadBytes + crypto::kSealOverheadBytes + 3);
  auto const left = writer->room();
  ASSERT_TRUE(writer->finish());
  constexpr auto kAround = wire::kBundleRecordLeadBytes + crypto::kSealOverheadBytes;
  EXPECT_EQ(file.bytes().size() + kAround + left, wire::kBundleMaxBytes) << "the end has its place";
}

TEST_F(Bundle, NothingOfItsContentStandsInClear) {
  auto const bytes = made({"telephone 13800138000"});
  EXPECT_EQ(text_of(bytes).find("13800138000"), std::string_view::npos);
}

TEST_F(Bundle, TwoBundlesOfOneContentHaveNothingInCommonBehindTheHeader) {
  auto const one = made({std::string(64, 'a')});
  auto const other = made({std::string(64, 'a')});
  ASSERT_EQ(one.size(), other.size());
  EXPECT_NE(Bytes(one.end() - 180, one.end() - 100), Bytes(other.end() - 180, other.end() - 100));
}

TEST_F(Bundle, CutAtEveryByteItIsRefusedAsUnfinished) {
  auto const bytes = made({"one", "two"});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    auto const messages = read(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)));
    ASSERT_FALSE(messages) << size;
    EXPECT_EQ(messages.error().code, "bundle_unfinished") << size;
  }
}

TEST_F(Bundle, EveryFlippedBitIsRefused) {
  auto const bytes = made({"one", "two"});
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      auto flipped = bytes;
      flipped[at] = static_cast<std::uint8_t>(flipped[at] ^ (1U << bit));
      EXPECT_FALSE(read(flipped)) << "byte " << at << " bit " << bit;
    }
  }
}

TEST_F(Bundle, BytesBehindTheEndAreRefused) {
  auto bytes = made({"one"});
  bytes.push_back(0);
  EXPECT_EQ(read(bytes).error().code, "bundle_damaged");
}

TEST_F(Bundle, ARecordThatClaimsToBeHugeIsRefusedBeforeItIsRead) {
  auto bytes = made({"one"});
  auto const front = wire::encode_bundle_front(header()).size();
  bytes[front + 1] = 0xff;
  EXPECT_EQ(read(bytes).error().code, "bundle_damaged");
}

TEST_F(Bundle, AnotherSenderIsNotBelieved) {
  MemoryBundle source(made({"one"}));
  EXPECT_EQ(read(source, city_, stranger_.public_key).error().code, "bundle_damaged");
}

TEST_F(Bundle, AnotherReceiverCannotOpenIt) {
  MemoryBundle source(made({"one"}));
  EXPECT_EQ(read(source, stranger_, node_.public_key).error().code, "bundle_interrupted");
}

TEST_F(Bundle, WhoeverIsNotMeantSaysSoBeforeTheRestIsRead) {
  MemoryBundle source(made({"one"}));
  auto const reader = BundleReader::open(source, *suite_, [](wire::BundleHeader const& header) {
    EXPECT_EQ(header.number, 5U);
    return Result<BundleReader::Keys>(refuse("bundle_not_ours", "not ours"));
  });
  EXPECT_EQ(reader.error().code, "bundle_not_ours");
}

TEST_F(Bundle, ANewerFormatIsNamed) {
  auto bytes = made({"one"});
  bytes[4] = wire::kBundleVersion + 1;
  EXPECT_EQ(read(bytes).error().code, "newer_bundle");
}

TEST_F(Bundle, AnotherFileIsNoBundle) {
  EXPECT_EQ(read(Bytes{'P', 'K', 3, 4, 0, 0, 0, 0, 0}).error().code, "not_a_bundle");
}

/// A stick that shows another file at the second reading, or none.
class FickleSource final : public BundleSource {
 public:
  FickleSource(Bytes first, Bytes second) : first_(std::move(first)), second_(std::move(second)) {}
  [[nodiscard]] Result<Bytes> take(std::size_t size) override { return (again_ ? second_ : first_).take(size); }
  [[nodiscard]] Result<void> rewind() override {
    again_ = true;
    return {};
  }

 private:
  MemoryBundle first_;
  MemoryBundle second_;
  bool again_{};
};

TEST_F(Bundle, AFileThatWasExchangedBetweenTheReadingsIsRefused) {
  FickleSource source(made({"one"}), made({"two"}));
  EXPECT_EQ(read(source, city_, node_.public_key).error().code, "bundle_interrupted");
}

TEST_F(Bundle, AStickPulledOutAtAnyByteOfTheSecondReadingIsToldSo) {
  auto const bytes = made({"one", "two"});
  // The signature was read the first time.
  for (std::size_t size = 0; size < bytes.size() - sizeof(wire::Signature); ++size) {
    FickleSource source(bytes, Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)));
    auto const messages = read(source, city_, node_.public_key);
    ASSERT_FALSE(messages) << size;
    EXPECT_TRUE(messages.error().code == "bundle_interrupted" || messages.error().code == "bundle_unfinished") << size;
  }
}

TEST_F(Bundle, RecordsMovedWithinABundleDoNotOpen) {
  auto const bytes = made({"one", "two"});
  auto const front = wire::encode_bundle_front(header()).size();
  auto const record = wire::kBundleRecordLeadBytes + crypto::kSealOverheadBytes + 3;
  auto moved = bytes;
  std::swap_ranges(moved.begin() + static_cast<std::ptrdiff_t>(front),
                   moved.begin() + static_cast<std::ptrdiff_t>(front + record),
                   moved.begin() + static_cast<std::ptrdiff_t>(front + record));
  EXPECT_EQ(read(moved).error().code, "bundle_damaged");
  FickleSource source(bytes, moved);
  EXPECT_EQ(read(source, city_, node_.public_key).error().code, "bundle_interrupted");
}

/// Takes so many bytes and then no more.
class FullStick final : public BundleSink {
 public:
  explicit FullStick(std::size_t room) : room_(room) {}
  [[nodiscard]] Result<void> put(BytesView bytes) override {
    if (bytes.size() > room_) return refuse("file_not_written", "The stick is full.");
    room_ -= bytes.size();
    return {};
  }

 private:
  std::size_t room_;
};

TEST_F(Bundle, AFullStickIsToldWhateverWasBeingWritten) {
  auto const whole = made({"one"}).size();
  for (std::size_t room = 0; room < whole; ++room) {
    FullStick stick(room);
    auto const written = [&]() -> Result<void> {
      auto writer = BundleWriter::begin(header(), {node_, city_.public_key}, *suite_, random_, stick);
      if (!writer) return writer.error();
      if (auto const added = writer->add(bytes_of("one")); !added) return added;
      return writer->finish();
    }();
    ASSERT_FALSE(written) << room;
    EXPECT_EQ(written.error().code, "file_not_written");
  }
}

}  // namespace
}  // namespace fieldnode::engine

#include "sync/wire/exchange.h"

#include <gtest/gtest.h>

#include "tests/unit/wire/random_messages.h"

namespace fieldnode::wire {
namespace {

TEST(Exchange, RequestsComeBackWhole) {
  std::uint64_t const seed = 31;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  for (int round = 0; round < 100; ++round) {
    auto const request = random_request(random, random.below(20));
    auto const read = decode_request(encode_request(request, 1 + round % 19));
    ASSERT_TRUE(read) << read.error().sentence;
    EXPECT_EQ(*read, request);
  }
}

TEST(Exchange, RepliesComeBackWhole) {
  std::uint64_t const seed = 32;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  for (int round = 0; round < 100; ++round) {
    auto const reply = random_reply(random, random.below(20));
    auto const read = decode_reply(encode_reply(reply, 3));
    ASSERT_TRUE(read) << read.error().sentence;
    EXPECT_EQ(*read, reply);
  }
}

/// A message without blocks is whole to its last byte. One with blocks that is cut between two of them cannot be told
/// from one that says less: what carries messages brings their length.
TEST(Exchange, MessagesCutAtAnyByteAreRefused) {
  SeededRandom random(33);
  for (std::size_t const entries : {std::size_t{0}, std::size_t{6}}) {
    auto const request = encode_request(without_blocks(random_request(random, entries)), 3);
    for (std::size_t size = 0; size < request.size(); ++size) {
      auto const read = decode_request(BytesView(request).first(size));
      ASSERT_FALSE(read) << "request cut to " << size;
      EXPECT_EQ(read.error().code, "malformed_message") << read.error().sentence;
    }
    auto const reply = encode_reply(without_blocks(random_reply(random, entries)), 3);
    for (std::size_t size = 0; size < reply.size(); ++size) {
      ASSERT_FALSE(decode_reply(BytesView(reply).first(size))) << "reply cut to " << size;
    }
  }
}

TEST(Exchange, BlocksCutInTheirMiddleAreRefused) {
  SeededRandom random(34);
  auto request = without_blocks(random_request(random, 0));
  request.state = random_claim(random);
  auto const whole = encode_request(request, 1).size();
  auto const bare = encode_request(without_blocks(request), 1).size();
  for (std::size_t size = bare + 1; size < whole; ++size) {
    EXPECT_FALSE(decode_request(BytesView(encode_request(request, 1)).first(size))) << "cut to " << size;
  }
}

TEST(Exchange, ARequestIsNoReply) {
  SeededRandom random(34);
  auto const request = encode_request(random_request(random, 1), 3);
  EXPECT_EQ(decode_reply(request).error().sentence,
            "The message cannot be read at byte 0: it is not a message of this exchange.");
  EXPECT_EQ(decode_request(bytes_of("<html><body>Please log in")).error().code, "malformed_message");
}

TEST(Exchange, ANewerProtocolIsNamedBeforeAnythingElseIsRead) {
  SeededRandom random(35);
  auto request = random_request(random, 0);
  request.protocol = kProtocolVersion + 1;
  auto bytes = encode_request(request, 3);
  bytes.resize(6);
  EXPECT_EQ(decode_request(bytes).error().code, "newer_protocol");
  request.protocol = 0;
  EXPECT_EQ(decode_request(encode_request(request, 3)).error().code, "malformed_message");
}

/// What a node and a centre say to each other when there is nothing to say.
ExchangeRequest idle_request(Random& random) {
  ExchangeRequest request;
  random.fill(request.nonce);
  request.unit = UnitId{17};
  request.node = NodeId{21};
  request.journal_epoch = Epoch{random.bits64()};
  request.feed = {Epoch{random.bits64()}, 12'345};
  request.feed_hash = random_hash(random);
  request.marked_seq = 6'789;
  request.head = random_head(random);
  request.head->list = {ListKind::kJournal, request.unit, request.node, request.journal_epoch};
  request.first_act = 6'790;
  auto const now = utc_from_ms(1'760'000'000'000);
  request.clock = {now, now, now + Milliseconds(900)};
  request.wait_seconds = 55;
  request.byte_budget = 256 * 1024;
  request.status = {44, "fieldnode 0.1.0", 0, 90'000'000'000};
  return request;
}

ExchangeReply idle_reply(Random& random) {
  ExchangeReply reply;
  auto& receipt = reply.receipt;
  receipt = random_receipt(random);
  receipt.unit = UnitId{17};
  receipt.node = NodeId{21};
  receipt.answer_seq = receipt.feed_head_seq;
  receipt.answer_hash = receipt.feed_head_hash;
  receipt.previewed = {};
  receipt.received_at = utc_from_ms(1'760'000'000'000);
  receipt.sent_at = utc_from_ms(1'760'000'000'003);
  receipt.marks.clear();
  return reply;
}

TEST(Exchange, WithNothingNewTakesLessThan400BytesEachWay) {
  SeededRandom random(36);
  auto const up = encode_request(idle_request(random), 9).size();
  auto const down = encode_reply(idle_reply(random), 9).size();
  std::cout << "idle exchange: " << up << " bytes up, " << down << " bytes down\n";
  EXPECT_LT(up, 400u);
  EXPECT_LT(down, 400u);
}

TEST(Exchange, AMarkerForAnEntryAlreadyHeldIsOneByte) {
  SeededRandom random(37);
  auto reply = idle_reply(random);
  auto const before = encode_reply(reply, 1).size();
  reply.feed.assign(20, {.held = true, .entry = {}});
  EXPECT_LE(encode_reply(reply, 1).size(), before + 20);
  EXPECT_EQ(decode_reply(encode_reply(reply, 1)).value(), reply);
}

TEST(Exchange, FieldsThatANewerStatusAppendedAreSkipped) {
  SeededRandom random(38);
  auto request = idle_request(random);
  request.status = {44, "ppp", 0, 5};
  auto bytes = encode_request(request, 1);
  ASSERT_EQ(to_hex(BytesView(bytes).last(9)), "072c03707070000500") << "length, status, no receipt";
  bytes[bytes.size() - 9] += 2;
  bytes.insert(bytes.end() - 1, {0xaa, 0xbb});
  EXPECT_EQ(decode_request(bytes).value(), request);
}

TEST(Exchange, ABlockThatAReaderDoesNotKnowIsSkippedAndTheRestIsRead) {
  SeededRandom random(39);
  auto request = idle_request(random);
  request.journals_held.emplace();
  auto bytes = encode_request(request, 1);
  ASSERT_EQ(bytes[5], 0) << "an idle request is short and travels plain";
  ASSERT_EQ(to_hex(BytesView(bytes).last(3)), "030100") << "tag 3, one byte, no journals";
  bytes.insert(bytes.end(), {0x63, 2, 0xaa, 0xbb});
  EXPECT_EQ(decode_request(bytes).value(), request);
}

TEST(Exchange, FieldsAppendedToABlockAreSkipped) {
  SeededRandom random(40);
  auto request = idle_request(random);
  request.journals_held.emplace();
  auto bytes = encode_request(request, 1);
  bytes[bytes.size() - 2] += 2;
  bytes.insert(bytes.end(), {0xaa, 0xbb});
  EXPECT_EQ(decode_request(bytes).value(), request);
}

TEST(Exchange, BlocksOutOfOrderOrTwiceAreRefused) {
  SeededRandom random(41);
  auto request = idle_request(random);
  request.journals_held.emplace();
  auto const bytes = encode_request(request, 1);
  for (auto const tag : Bytes{3, 2, 0}) {
    auto more = bytes;
    more.insert(more.end(), {tag, 1, 0});
    auto const read = decode_request(more);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, "malformed_message");
  }
}

}  // namespace
}  // namespace fieldnode::wire

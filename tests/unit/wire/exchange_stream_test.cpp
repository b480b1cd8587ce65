#include "sync/wire/exchange_stream.h"

#include <gtest/gtest.h>

#include "tests/unit/wire/random_messages.h"

namespace fieldnode::wire {
namespace {

struct LongRequest {
  ExchangeRequest request;
  std::vector<ActRun> runs;
};

LongRequest random_long_request(Random& random, std::size_t runs) {
  LongRequest made{random_request(random, 3), {}};
  made.request.first_act = 1 + random.below(1000);
  made.request.head = random_head(random);
  for (std::size_t i = 0; i < runs; ++i) {
    made.runs.push_back({random_head(random).signature, random_request(random, 1 + random.below(5)).acts});
  }
  return made;
}

/// What a reader of the whole message must come to.
std::vector<ExchangeRequest> as_requests(LongRequest const& made) {
  std::vector<ExchangeRequest> requests{made.request};
  for (auto const& run : made.runs) {
    ExchangeRequest following;
    following.nonce = made.request.nonce;
    following.unit = made.request.unit;
    following.node = made.request.node;
    following.journal_epoch = made.request.journal_epoch;
    following.feed = made.request.feed;
    following.feed_hash = made.request.feed_hash;
    following.first_act = requests.back().first_act + requests.back().acts.size();
    following.acts = run.acts;
    following.head = made.request.head;
    following.head->hash = {};
    following.head->seq = following.first_act + run.acts.size() - 1;
    following.head->signature = run.signature;
    requests.push_back(std::move(following));
  }
  return requests;
}

/// Everything that comes when the message arrives in pieces of at most `piece_most` bytes.
template <class Reader>
auto read_in_pieces(BytesView bytes, std::size_t piece_most, Random& random) {
  Reader reader;
  auto all = reader.take({}).value();
  while (!bytes.empty()) {
    auto const size = std::min<std::size_t>(bytes.size(), 1 + random.below(piece_most));
    for (auto& part : reader.take(bytes.first(size)).value()) all.push_back(std::move(part));
    bytes = bytes.subspan(size);
  }
  for (auto& part : reader.finish().value()) all.push_back(std::move(part));
  return all;
}

TEST(ExchangeStream, RunsOfActsComeBackHoweverTheyArrive) {
  std::uint64_t const seed = 51;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  for (std::size_t round = 0; round < 60; ++round) {
    auto const made = random_long_request(random, round % 5);
    auto const bytes = encode_request(made.request, made.runs, static_cast<int>(1 + round % 19));
    EXPECT_EQ(read_in_pieces<RequestReader>(bytes, 1 + random.below(400), random), as_requests(made));
  }
}

TEST(ExchangeStream, RepliesComeBackHoweverTheyArrive) {
  SeededRandom random(52);
  for (std::size_t round = 0; round < 60; ++round) {
    std::vector<ExchangeReply> replies;
    for (std::size_t i = 0; i <= round % 4; ++i) replies.push_back(random_reply(random, random.below(8)));
    auto const bytes = encode_replies(replies, 3);
    EXPECT_EQ(read_in_pieces<ReplyReader>(bytes, 1 + random.below(400), random), replies);
  }
}

TEST(ExchangeStream, WhatCameBeforeACutCounts) {
  SeededRandom random(53);
  auto const made = random_long_request(random, 4);
  auto const all = as_requests(made);
  auto const bytes = encode_request(made.request, made.runs, 3);
  std::size_t most = 0;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    RequestReader reader;
    auto const came = reader.take(BytesView(bytes).first(size));
    ASSERT_TRUE(came) << came.error().sentence;
    ASSERT_LE(came->size(), all.size());
    EXPECT_TRUE(std::equal(came->begin(), came->end(), all.begin())) << "cut at " << size;
    EXPECT_GE(came->size(), most);
    most = came->size();
    EXPECT_EQ(reader.finish().error().code, "malformed_message") << "cut at " << size;
  }
  EXPECT_GE(most, all.size() - 1);
}

TEST(ExchangeStream, EachRunIsThereWithItsLastByte) {
  SeededRandom random(54);
  auto const made = random_long_request(random, 6);
  auto const bytes = encode_request(made.request, made.runs, 19);
  RequestReader reader;
  std::size_t came = 0;
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    came += reader.take(BytesView(bytes).subspan(at, 1)).value().size();
    if (came > ends.size()) ends.push_back(at);
  }
  EXPECT_EQ(came, 7U) << "the last one too needs no word that the message ends";
  EXPECT_LT(ends.front(), bytes.size() / 2);
}

TEST(ExchangeStream, AMessageThatGrowsTooMuchIsRefusedOnTheWay) {
  SeededRandom random(55);
  auto made = random_long_request(random, 3);
  for (auto& run : made.runs) {
    for (auto& act : run.acts) act.body = Part{.form = PartForm::kWhole, .bytes = Bytes(200'000, ' ')};
  }
  auto const bytes = encode_request(made.request, made.runs, 19);
  EXPECT_EQ(bytes[5], 3) << "plain: a reader would take it for a bomb";
  EXPECT_EQ(read_in_pieces<RequestReader>(bytes, 5000, random), as_requests(made));
  std::size_t whole = bytes.size();
  EXPECT_GT(whole, 600'000U);
}

TEST(ExchangeStream, NothingMayFollowTheEnd) {
  SeededRandom random(56);
  auto const made = random_long_request(random, 2);
  auto bytes = encode_request(made.request, made.runs, 3);
  ASSERT_EQ(bytes[5], 2);
  bytes.push_back(0);
  RequestReader reader;
  EXPECT_EQ(reader.take(bytes).error().code, "malformed_message");
}

}  // namespace
}  // namespace fieldnode::wire

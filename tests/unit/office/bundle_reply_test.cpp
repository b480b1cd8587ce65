#include <gtest/gtest.h>

#include "sync/engine/bundle_exchange.h"
#include "sync/wire/signing.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

constexpr AssignmentId kLamp{5};
constexpr AssignmentId kNoise{6};

/// An office that reads bundles of its centre.
struct BundleWorld : OfficeWorld {
  BundleWorld() {
    feed.dispatch(kLamp, clock.truth());
    feed.dispatch(kNoise, clock.truth());
  }

  /// The message in which the centre sends the feed's entries behind `after`, up to `upto`.
  [[nodiscard]] wire::ExchangeReply message(std::uint64_t after, std::uint64_t upto, std::uint64_t journal_seq = 0) {
    wire::ExchangeReply reply;
    reply.receipt = OfficeWorld::reply(journal_seq, upto).receipt;
    reply.first_entry = after + 1;
    for (auto& arrival : feed.arrivals(after, upto)) reply.feed.push_back({false, std::move(arrival.entry)});
    reply.receipt.answer_seq = upto;
    reply.receipt.answer_hash = feed.arrivals(upto - 1, upto).back().hash;
    return reply;
  }
  [[nodiscard]] Result<engine::SettledExchange> take(wire::ExchangeReply reply) {
    wire::sign_receipt(reply.receipt, *suite, city.secret_key);
    return take_as_it_is(reply);
  }
  [[nodiscard]] Result<engine::SettledExchange> take_as_it_is(wire::ExchangeReply const& reply) {
    return engine::take_bundle_reply({*store, node, *suite}, wire::encode_reply(reply, 1));
  }
  [[nodiscard]] std::uint64_t held() { return store->snapshot().feed.seq; }

  engine::NodeIdentity node{kUnit, kNode, suite->make_keys(random), identity.city_key_id, identity.city_key};
};

TEST(BundleReply, BringsTheFeedAndAReceiptThatNobodyAskedFor) {
  BundleWorld world;
  auto const taken = world.take(world.message(0, 3));
  ASSERT_TRUE(taken) << taken.error().sentence;
  EXPECT_EQ(world.held(), 3U);
  EXPECT_FALSE(taken->round_trip) << "a file has no round trip, so it anchors nothing";
}

TEST(BundleReply, TakenInTwiceItIsHeldOnce) {
  BundleWorld world;
  ASSERT_TRUE(world.take(world.message(0, 3)));
  auto const again = world.take(world.message(0, 3));
  ASSERT_TRUE(again) << again.error().sentence;
  EXPECT_TRUE(again->feed_entries.empty());
  EXPECT_EQ(world.held(), 3U);
}

TEST(BundleReply, OneThatOverlapsAddsWhatIsNew) {
  BundleWorld world;
  ASSERT_TRUE(world.take(world.message(0, 2)));
  auto const taken = world.take(world.message(1, 3));
  ASSERT_TRUE(taken) << taken.error().sentence;
  EXPECT_EQ(taken->feed_entries.size(), 1U);
  EXPECT_EQ(world.held(), 3U);
}

TEST(BundleReply, AnOlderOneThatComesLateChangesNothing) {
  BundleWorld world;
  auto const older = world.message(0, 2);
  ASSERT_TRUE(world.take(world.message(0, 3)));
  ASSERT_TRUE(world.take(older));
  EXPECT_EQ(world.held(), 3U);
}

TEST(BundleReply, OneThatBeginsBehindAGapNamesWhatIsMissing) {
  BundleWorld world;
  ASSERT_TRUE(world.take(world.message(0, 1)));
  auto const taken = world.take(world.message(2, 3));
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, "bundle_gap");
  EXPECT_EQ(world.held(), 1U);
}

TEST(BundleReply, AnEntryThatIsHeldOtherwiseStopsIt) {
  BundleWorld world;
  ASSERT_TRUE(world.take(world.message(0, 2)));
  auto forged = world.message(0, 3);
  std::swap(forged.feed[1], forged.feed[2]);
  EXPECT_EQ(world.take(forged).error().code, "feed_broken");
  EXPECT_EQ(world.held(), 2U);
}

TEST(BundleReply, AReceiptThatTheCityDidNotSignIsThrownAway) {
  BundleWorld world;
  auto reply = world.message(0, 3);
  wire::sign_receipt(reply.receipt, *world.suite, world.node.keys.secret_key);
  EXPECT_EQ(world.take_as_it_is(reply).error().code, "reply_not_ours");
}

TEST(BundleReply, OneForAnotherNodeOrAnEarlierJournalIsRefused) {
  BundleWorld world;
  auto other = world.message(0, 3);
  other.receipt.node = NodeId{kNode.value + 1};
  EXPECT_EQ(world.take(other).error().code, "reply_not_ours");
  auto earlier = world.message(0, 3);
  earlier.receipt.journal_epoch = Epoch{99};
  EXPECT_EQ(world.take(earlier).error().code, "bundle_other_epoch");
  EXPECT_EQ(world.held(), 0U);
}

TEST(BundleReply, OnlyItsReceiptAcknowledges) {
  BundleWorld world;
  ASSERT_TRUE(world.take(world.message(0, 3)));
  auto const act = world.append(world.acknowledgement(kLamp));
  ASSERT_TRUE(act);
  EXPECT_EQ(world.truth(kLamp, act->entry.at.seq), Truth::kSaved);
  ASSERT_TRUE(world.take(world.message(2, 3, act->entry.at.seq)));
  EXPECT_EQ(world.truth(kLamp, act->entry.at.seq), Truth::kInForce);
}

TEST(BundleRequest, BlocksCarryTheJournalWithoutAGapAndEachIsSigned) {
  BundleWorld world;
  ASSERT_TRUE(world.take(world.message(0, 3)));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(world.append(world.reached(kLamp)));
  auto const last = world.journal_seq();
  engine::ReplyReader const node{*world.store, world.node, *world.suite};
  std::uint64_t after = 0;
  while (after < last) {
    auto const block = engine::bundle_block(node, {.act_budget_bytes = 300}, after, last);
    auto const request = wire::decode_request(block.request);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->first_act, after + 1);
    ASSERT_TRUE(request->head);
    EXPECT_EQ(request->head->seq, block.upto);
    EXPECT_TRUE(wire::verify_head(*request->head, *world.suite, world.node.keys.public_key));
    EXPECT_EQ(request->wait_seconds, 0U);
    ASSERT_GT(block.upto, after);
    after = block.upto;
  }
  EXPECT_EQ(after, last);
}

TEST(BundleRequest, WithoutActsItAsksForWhatIsNew) {
  BundleWorld world;
  engine::ReplyReader const node{*world.store, world.node, *world.suite};
  auto const request = wire::decode_request(engine::bundle_block(node, {}, 1, 1).request);
  ASSERT_TRUE(request);
  EXPECT_TRUE(request->acts.empty());
  EXPECT_FALSE(request->head);
}

}  // namespace
}  // namespace fieldnode::office

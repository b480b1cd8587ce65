#include "sync/engine/identity_news.h"

#include <gtest/gtest.h>

#include "sync/base/random.h"

namespace fieldnode::engine {
namespace {

struct IdentityNewsTest : testing::Test {
  [[nodiscard]] wire::NodeStatement word(NodeId node) {
    wire::NodeStatement said{.key_id = 1, .unit = UnitId{3}, .node = node, .key = node_.keys.public_key};
    wire::sign_statement(said, *suite, city.secret_key);
    return said;
  }
  [[nodiscard]] wire::ExchangeReply with(wire::IdentityNews const& news) {
    wire::ExchangeReply reply;
    reply.identity = news;
    return reply;
  }

  SeededRandom random{11};
  std::unique_ptr<crypto::SignatureSuite> suite = crypto::simulated_suite();
  crypto::KeyPair city{suite->make_keys(random)};
  crypto::KeyPair fresh{suite->make_keys(random)};
  NodeIdentity node_{.unit = UnitId{3},
                     .node = NodeId{7},
                     .keys = suite->make_keys(random),
                     .city_key_id = 1,
                     .city_key = city.public_key};
};

TEST_F(IdentityNewsTest, AnIdleExchangeSaysNothingOfKeys) {
  EXPECT_FALSE(identity_claim({}, node_, false, "", *suite));
  EXPECT_TRUE(identity_claim({}, node_, true, "", *suite)) << "the centre may have changed its key";
  EXPECT_TRUE(identity_claim({{}, false}, node_, false, "", *suite)) << "the city's word is missing";
  EXPECT_EQ(identity_claim({}, node_, true, "", *suite)->city_key, 1U) << "the one of the enrolment";
}

TEST_F(IdentityNewsTest, ARequestForACertificateIsSignedByTheNode) {
  auto const claim = identity_claim({}, node_, false, "PEM", *suite);
  ASSERT_TRUE(claim && claim->renewal);
  EXPECT_TRUE(wire::verify_request(*claim->renewal, *suite, node_.keys.public_key));
}

TEST_F(IdentityNewsTest, AReplyBringsTheNextKey) {
  wire::CityKeyStep step{.change = wire::KeyChange::kPlanned,
                         .old_id = 1,
                         .old_key = city.public_key,
                         .new_id = 2,
                         .new_key = fresh.public_key};
  wire::sign_step(step, *suite, city.secret_key, fresh.secret_key);
  EXPECT_EQ(keys_after({}, node_, with({.steps = {step}}), *suite)->newest().id, 2U);
  step.by_voucher[0] ^= 1;
  EXPECT_EQ(keys_after({}, node_, with({.steps = {step}}), *suite).error().code, "city_key_broken");
}

TEST_F(IdentityNewsTest, TheCitysWordIsTakenOnlyIfItIsAboutThisNode) {
  EXPECT_TRUE(keys_after({}, node_, with({.word = word(NodeId{7})}), *suite));
  EXPECT_EQ(keys_after({}, node_, with({.word = word(NodeId{8})}), *suite).error().code, "reply_not_ours");
  auto forged = word(NodeId{7});
  forged.signature[0] ^= 1;
  EXPECT_EQ(keys_after({}, node_, with({.word = forged}), *suite).error().code, "reply_not_ours");
}

}  // namespace
}  // namespace fieldnode::engine

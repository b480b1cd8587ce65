#include "sync/wire/signing.h"

#include <gtest/gtest.h>

#include "sync/wire/chain.h"
#include "tests/unit/wire/random_messages.h"

namespace fieldnode::wire {
namespace {

class Signing : public testing::Test {
 protected:
  SeededRandom random_{41};
  std::unique_ptr<crypto::SignatureSuite> suite_ = crypto::ed25519_suite();
  crypto::KeyPair keys_ = suite_->make_keys(random_);
};

TEST_F(Signing, AHeadIsBelievedOnlyAsItWasSigned) {
  auto const head = sign_head(random_list(random_), 17, random_hash(random_), *suite_, keys_.secret_key);
  EXPECT_TRUE(verify_head(head, *suite_, keys_.public_key));
  EXPECT_EQ(verify_head(head, *suite_, suite_->make_keys(random_).public_key).error().code, "bad_signature");
  std::vector<void (*)(SignedHead&)> const changes{
      [](SignedHead& h) { h.list.kind = h.list.kind == ListKind::kFeed ? ListKind::kJournal : ListKind::kFeed; },
      [](SignedHead& h) { h.list.unit.value ^= 1; },
      [](SignedHead& h) { h.list.node.value ^= 1; },
      [](SignedHead& h) { h.list.epoch.value ^= 1; },
      [](SignedHead& h) { ++h.seq; },
      [](SignedHead& h) { h.hash[31] ^= 1; },
      [](SignedHead& h) { h.signature[0] ^= 1; }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    auto changed = head;
    changes[i](changed);
    auto const believed = verify_head(changed, *suite_, keys_.public_key);
    ASSERT_FALSE(believed) << "change " << i;
    EXPECT_EQ(believed.error().code, "bad_signature") << "change " << i;
  }
}

Receipt full_receipt(Random& random) {
  auto receipt = random_receipt(random);
  receipt.received_at = utc_from_ms(1'760'000'000'000);
  receipt.sent_at = utc_from_ms(1'760'000'000'003);
  receipt.marks = {{5, utc_from_ms(1)}, {9, utc_from_ms(2)}};
  return receipt;
}

using ReceiptChange = void (*)(Receipt&);
std::vector<ReceiptChange> changes_of_receipt() {
  return {[](Receipt& r) { ++r.key_id; },
          [](Receipt& r) { r.nonce[0] ^= 1; },
          [](Receipt& r) { ++r.unit.value; },
          [](Receipt& r) { ++r.node.value; },
          [](Receipt& r) { ++r.journal_epoch.value; },
          [](Receipt& r) { ++r.journal_seq; },
          [](Receipt& r) { r.journal_hash[0] ^= 1; },
          [](Receipt& r) { ++r.feed_epoch.value; },
          [](Receipt& r) { ++r.feed_head_seq; },
          [](Receipt& r) { r.feed_head_hash[0] ^= 1; },
          [](Receipt& r) { ++r.answer_seq; },
          [](Receipt& r) { r.answer_hash[0] ^= 1; },
          [](Receipt& r) { r.previewed[0] ^= 1; },
          [](Receipt& r) { *r.received_at += Milliseconds(1); },
          [](Receipt& r) { r.received_at.reset(); },
          [](Receipt& r) { *r.sent_at -= Milliseconds(1); },
          [](Receipt& r) { r.sent_at.reset(); },
          [](Receipt& r) { r.marks.pop_back(); },
          [](Receipt& r) { ++r.marks[0].seq; },
          [](Receipt& r) { r.marks[1].received_at += Milliseconds(1); },
          [](Receipt& r) { r.aside = !r.aside; }};
}

TEST_F(Signing, AReceiptIsBelievedOnlyAsItWasSigned) {
  auto receipt = full_receipt(random_);
  sign_receipt(receipt, *suite_, keys_.secret_key);
  EXPECT_TRUE(verify_receipt(receipt, *suite_, keys_.public_key));
  for (std::size_t i = 0; i < changes_of_receipt().size(); ++i) {
    auto changed = receipt;
    changes_of_receipt()[i](changed);
    EXPECT_NE(signed_bytes(changed), signed_bytes(receipt)) << "change " << i;
    EXPECT_EQ(verify_receipt(changed, *suite_, keys_.public_key).error().code, "bad_signature") << "change " << i;
    EXPECT_NE(anchor_id(changed), anchor_id(receipt)) << "change " << i;
  }
}

TEST_F(Signing, AnAbsentMomentIsNotTheMomentZero) {
  auto receipt = full_receipt(random_);
  receipt.sent_at = utc_from_ms(0);
  auto without = receipt;
  without.sent_at.reset();
  EXPECT_NE(signed_bytes(receipt), signed_bytes(without));
}

TEST_F(Signing, AProgramDoesNotTakeTheSimulatorsSignature) {
  auto const simulated = crypto::simulated_suite();
  auto const head = sign_head(random_list(random_), 1, {}, *simulated, keys_.secret_key);
  EXPECT_EQ(verify_head(head, *suite_, keys_.public_key).error().code, "foreign_suite");
}

TEST_F(Signing, AnAnchorIsKnownBeforeTheSignature) {
  auto receipt = full_receipt(random_);
  auto const before = anchor_id(receipt);
  sign_receipt(receipt, *suite_, keys_.secret_key);
  EXPECT_EQ(anchor_id(receipt), before);
  EXPECT_NE(before, 0u);
}

TEST_F(Signing, ReceiptsPackAndUnpack) {
  std::uint64_t const seed = 43;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  for (int round = 0; round < 300; ++round) {
    auto const receipt = random_receipt(random);
    auto const packed = pack_receipt(receipt);
    EXPECT_EQ(unpack_receipt(packed).value(), receipt);
    auto longer = packed;
    longer.push_back(0);
    EXPECT_FALSE(unpack_receipt(longer));
    for (std::size_t size = 0; size < packed.size(); size += 7) {
      EXPECT_FALSE(unpack_receipt(BytesView(packed).first(size)));
    }
  }
}

TEST_F(Signing, AReceiptWithFieldsOfTheFutureIsRefusedNotMisread) {
  auto packed = pack_receipt(full_receipt(random_));
  packed[0] |= 32;
  EXPECT_EQ(unpack_receipt(packed).error().code, "malformed_message");
}

TEST_F(Signing, PreviewsAreBoundWithTheirPlaces) {
  auto const a = random_hash(random_);
  auto const b = random_hash(random_);
  EXPECT_EQ(previewed_hash({}), Hash{});
  EXPECT_NE(previewed_hash({{1, a}, {2, b}}), previewed_hash({{1, b}, {2, a}}));
  EXPECT_NE(previewed_hash({{1, a}}), previewed_hash({{2, a}}));
}

TEST(Chain, WalksToTheSameStateOnlyOverTheSameEntries) {
  SeededRandom random(44);
  auto const list = random_list(random);
  std::vector<Hash> leaves{random_hash(random), random_hash(random), random_hash(random)};
  auto walk = [&](std::vector<Hash> const& over) {
    auto state = ChainState::start(list);
    for (auto const& leaf : over) state.advance(leaf);
    return state;
  };
  EXPECT_EQ(walk(leaves).seq, 3u);
  EXPECT_EQ(walk(leaves), walk(leaves));
  EXPECT_NE(walk(leaves).hash, walk({leaves[1], leaves[0], leaves[2]}).hash);
  EXPECT_NE(walk(leaves).hash, walk({leaves[0], leaves[1]}).hash);
}

}  // namespace
}  // namespace fieldnode::wire

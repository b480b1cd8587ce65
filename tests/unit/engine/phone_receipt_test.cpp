#include "sync/engine/phone_receipt.h"

#include <gtest/gtest.h>

#include <set>

#include "sync/engine/phone_digits.h"
#include "sync/rules/civil.h"

namespace fieldnode::engine {
namespace {

constexpr NodeId kNode{41};
constexpr UtcTime kMinute = utc_from_ms(1'795'674'420'000);  // 2026-11-26T14:27+08:00

ListHead head_at(std::uint64_t seq, std::uint8_t content) {
  ListHead head{{wire::ListKind::kJournal, UnitId{3}, kNode, Epoch{99}}, seq, {}};
  head.hash.fill(content);
  return head;
}

PhoneKey key_from(std::uint64_t node_seed, NodeId node = kNode) {
  SeededRandom node_random(node_seed);
  SeededRandom city_random(1'000);
  auto const suite = crypto::ed25519_suite();
  return phone_key(suite->make_keys(node_random), suite->make_keys(city_random).public_key, node).value();
}

PhoneClaim const kClaim{head_at(17, 1).list, 17, 4'271'903, 483'920'174'650'281};

TEST(PhoneCode, IsOfThisHeadThisActAndThisChallengeAlone) {
  auto const code = phone_code(head_at(17, 1), 4'271'903);
  EXPECT_EQ(code, phone_code(head_at(17, 1), 4'271'903));
  EXPECT_LT(code, 1'000'000'000'000'000U);
  auto another_journal = head_at(17, 1);
  another_journal.list.epoch = Epoch{98};
  std::set<std::uint64_t> const codes{code, phone_code(head_at(17, 2), 4'271'903),
                                      phone_code(head_at(18, 1), 4'271'903), phone_code(head_at(17, 1), 4'271'904),
                                      phone_code(another_journal, 4'271'903)};
  EXPECT_EQ(codes.size(), 5U);
}

TEST(PhoneAnswer, IsOfEverythingThatWasSaidAndOfTheKey) {
  auto const key = key_from(1);
  std::set<std::uint64_t> answers{phone_answer(key, kClaim, kMinute)};
  auto const differs = [&](PhoneClaim const& claim, PhoneKey const& by, UtcTime minute) {
    EXPECT_LT(phone_answer(by, claim, minute), 100'000'000U);
    return answers.insert(phone_answer(by, claim, minute)).second;
  };
  auto claim = kClaim;
  claim.upto = 18;
  EXPECT_TRUE(differs(claim, key, kMinute));
  claim = kClaim;
  claim.challenge = 1;
  EXPECT_TRUE(differs(claim, key, kMinute));
  claim = kClaim;
  claim.code += 1;
  EXPECT_TRUE(differs(claim, key, kMinute));
  claim = kClaim;
  claim.journal.node = NodeId{42};
  EXPECT_TRUE(differs(claim, key, kMinute));
  EXPECT_TRUE(differs(kClaim, key, kMinute + std::chrono::minutes(1)));
  EXPECT_TRUE(differs(kClaim, key_from(2), kMinute));
  EXPECT_TRUE(differs(kClaim, key_from(1, NodeId{42}), kMinute));
}

TEST(PhoneChallenge, IsNeverZeroAndHasEightDigits) {
  SeededRandom random(5);
  for (int i = 0; i < 10'000; ++i) {
    auto const challenge = draw_phone_challenge(random);
    EXPECT_GT(challenge, 0U);
    EXPECT_LT(challenge, 100'000'000U);
  }
}

TEST(PhoneDigits, ReadBackAsTheyWereSaid) {
  SeededRandom random(6);
  for (int i = 0; i < 1'000; ++i) {
    NodeId const node{random.below(1'000'000) + 1};
    auto const challenge = draw_phone_challenge(random);
    EXPECT_EQ(read_challenge(node, challenge_digits(node, challenge)).value(), challenge);
    SpokenCode const code{random.below(1U << 20U) + 1, random.below(1'000'000'000'000'000)};
    EXPECT_EQ(read_code(node, code_digits(node, code)).value(), code);
    SpokenAnswer const answer{minute_of(kMinute + std::chrono::minutes(random.below(10'000'000))),
                              random.below(100'000'000)};
    EXPECT_EQ(read_answer(node, answer_digits(node, answer)).value(), answer);
  }
}

TEST(PhoneDigits, StandInGroupsThatPeopleCanSay) {
  EXPECT_EQ(challenge_digits(kNode, 4'271'903).size(), 11U);
  auto const code = code_digits(kNode, {17, 12'345'678'901'234});
  EXPECT_EQ(code.substr(0, 21), "01234 56789 01234 17 ");
  EXPECT_EQ(answer_digits(kNode, {kMinute, 12'345'678}).substr(0, 22), "261126 1427 1234 5678 ");
}

TEST(PhoneDigits, OfAnotherUnitOrAnotherFieldAreFound) {
  auto const challenge = challenge_digits(kNode, 4'271'903);
  EXPECT_EQ(read_challenge(NodeId{14}, challenge).error().code, "bad_digits");
  EXPECT_EQ(read_challenge(NodeId{42}, challenge).error().code, "bad_digits");
  EXPECT_EQ(read_code(kNode, challenge).error().code, "bad_digits");
  EXPECT_EQ(read_answer(kNode, challenge).error().code, "bad_digits");
  EXPECT_EQ(read_answer(kNode, code_digits(kNode, {17, 5})).error().code, "bad_digits");
}

TEST(PhoneDigits, ADayOrMinuteThatNoCalendarHasIsNoAnswer) {
  // Right check digits over a wrong day cannot come from the centre; they are refused in words all the same.
  EXPECT_EQ(read_answer(kNode, "26130125611234567885").error().code, "bad_digits");
}

}  // namespace
}  // namespace fieldnode::engine

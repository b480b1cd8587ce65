#include "node/central/phone_desk.h"

#include <gtest/gtest.h>

#include "sync/engine/phone_digits.h"
#include "sync/engine/phone_receipt.h"
#include "tests/unit/central/central_world.h"

/// The centre's side of a call, and the office's by hand. Codes cost a second each, so most are made up: what the
/// centre does with one that it cannot compare yet is the same.
namespace fieldnode::central {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kMadeUp = 123'456'789'012'345;

struct PhoneCalls : testing::Test {
  PhoneCalls() {
    assignment = world.dispatched("BH");
    (void)node.exchange().value();
    node.act(rules::EntryKind::kAcknowledgement, assignment, rules::Acknowledgement{}, node.feed.seq);
  }

  std::uint64_t drawn() { return phones.draw({}, world.fresh(), unit.id, world.now).value().challenge; }
  /// What an honest office says now.
  std::string code_under(std::uint64_t challenge) {
    engine::ListHead const head{node.journal, node.acts.size(), node.hash};
    return engine::code_digits(node.node, {head.seq, engine::phone_code(head, challenge)});
  }
  std::string made_up(std::uint64_t upto, std::uint64_t code = kMadeUp) {
    return engine::code_digits(node.node, {upto, code});
  }
  Result<NotedCode> take(std::uint64_t challenge, std::string const& digits) {
    return phones.take(StaffId{5}, unit.id, {challenge, digits}, world.now);
  }
  std::string code_of(Result<NotedCode> const& refused) { return refused ? "" : refused.error().code; }
  rules::PhoneReceiptFact only_fact() {
    auto const log = world.store.phone_log(unit.id);
    EXPECT_EQ(log.receipts.size(), 1U);
    return log.receipts.at(0).fact;
  }

  CentralWorld world{7, crypto::ed25519_suite()};
  UnitRecord unit{world.add_unit("BH")};
  NodeByHand node{world, unit};
  PhoneDesk phones{world.store, world.city.keys, world.random};
  AssignmentId assignment;
};

TEST_F(PhoneCalls, ACodeIsNotedAnsweredAndHoldsOnceTheJournalHasCome) {
  auto const challenge = drawn();
  auto const code = code_under(challenge);
  world.pass(70s);
  auto const noted = take(challenge, code).value();
  EXPECT_EQ(noted.upto, node.acts.size());
  EXPECT_EQ(noted.at, world.now);
  EXPECT_FALSE(noted.holds);

  auto const key = engine::phone_key(node.keys, world.city.keys.public_key, node.node).value();
  auto const answer = engine::read_answer(node.node, noted.answer).value();
  EXPECT_EQ(answer.minute, engine::minute_of(world.now));
  auto const said = engine::read_code(node.node, code).value();
  EXPECT_EQ(answer.mac, engine::phone_answer(key, {node.journal, said.upto, challenge, said.code}, answer.minute));

  EXPECT_EQ(phones.compare_due(world.now).value(), 0U) << "the journal is not here yet";
  EXPECT_FALSE(only_fact().holds);
  world.pass(24h);
  (void)node.exchange().value();
  EXPECT_EQ(phones.compare_due(world.now).value(), 1U);
  EXPECT_EQ(only_fact().holds, true);
  EXPECT_EQ(only_fact().at, noted.at);
  EXPECT_EQ(phones.compare_due(world.now).value(), 0U) << "once";
  EXPECT_TRUE(world.store.verify());
}

TEST_F(PhoneCalls, ACodeOfAnotherHeadDoesNotHold) {
  auto const challenge = drawn();
  ASSERT_TRUE(take(challenge, made_up(node.acts.size())));
  (void)node.exchange().value();
  EXPECT_EQ(phones.compare_due(world.now).value(), 1U);
  EXPECT_EQ(only_fact().holds, false);
}

TEST_F(PhoneCalls, ACodeOfAJournalThatIsHeldIsComparedAtOnce) {
  (void)node.exchange().value();
  auto const challenge = drawn();
  EXPECT_EQ(code_of(take(challenge, made_up(node.acts.size()))), "phone_code_wrong");
  EXPECT_TRUE(world.store.phone_log(unit.id).receipts.empty()) << "nothing was noted";
  auto const noted = take(challenge, code_under(challenge)).value();
  EXPECT_EQ(noted.holds, true);
  EXPECT_EQ(only_fact().holds, true);
  EXPECT_EQ(phones.compare_due(world.now).value(), 0U);
}

TEST_F(PhoneCalls, WhatIsMistypedStaleUsedOrOfAnotherUnitIsRefusedAndNotesNothing) {
  auto const challenge = drawn();
  auto mistyped = made_up(9);
  std::swap(mistyped[0], mistyped[1]);
  EXPECT_EQ(code_of(take(challenge, mistyped)), "bad_digits");

  auto const other = world.add_unit("QS");
  NodeByHand const others_node(world, other);
  EXPECT_EQ(code_of(take(challenge, engine::code_digits(others_node.node, {9, kMadeUp}))), "bad_digits");
  EXPECT_EQ(
      code_of(phones.take({}, other.id, {challenge, engine::code_digits(others_node.node, {9, kMadeUp})}, world.now)),
      "phone_challenge_unknown");
  EXPECT_EQ(code_of(take(challenge + 1, made_up(9))), "phone_challenge_unknown");

  world.pass(engine::kPhoneChallengeLife + 1ms);
  EXPECT_EQ(code_of(take(challenge, made_up(9))), "phone_challenge_expired");
  EXPECT_TRUE(world.store.phone_log(unit.id).receipts.empty());
}

TEST_F(PhoneCalls, TheSameCodeAgainGivesTheSameAnswerAndAnotherOneNone) {
  auto const challenge = drawn();
  auto const first = take(challenge, made_up(9)).value();
  world.pass(3min);
  auto const again = take(challenge, made_up(9)).value();
  EXPECT_EQ(again.answer, first.answer);
  EXPECT_EQ(again.entry, first.entry);
  EXPECT_EQ(code_of(take(challenge, made_up(9, kMadeUp + 1))), "phone_challenge_used");
  EXPECT_EQ(code_of(take(challenge, made_up(10))), "phone_challenge_used");
  EXPECT_EQ(only_fact().at, first.at);
}

TEST_F(PhoneCalls, ADoubleClickDrawsOneChallengeAndNoTwoAreAlike) {
  auto const id = world.fresh();
  auto const first = phones.draw({}, id, unit.id, world.now).value();
  EXPECT_EQ(phones.draw({}, id, unit.id, world.now).value().challenge, first.challenge);
  EXPECT_EQ(engine::read_challenge(node.node, first.digits).value(), first.challenge);
  EXPECT_NE(drawn(), first.challenge);
  auto const other = world.add_unit("QS");
  NodeByHand const others_node(world, other);
  EXPECT_EQ(phones.draw({}, id, other.id, world.now).error().code, "request_id_reused");
}

TEST_F(PhoneCalls, AChallengeOfAReplacedNodeIsVoidAndAUnitWithoutNodeHasNone) {
  auto const challenge = drawn();
  NodeByHand const next(world, unit);
  EXPECT_EQ(code_of(take(challenge, engine::code_digits(next.node, {9, kMadeUp}))), "phone_challenge_unknown");
  auto const bare = world.add_unit("QS");
  EXPECT_EQ(phones.draw({}, world.fresh(), bare.id, world.now).error().code, "no_node");
  EXPECT_EQ(phones.draw({}, world.fresh(), UnitId{99}, world.now).error().code, "unknown_unit");
}

TEST_F(PhoneCalls, WhatWasToldByTelephoneIsAnAnchorAndNoReceiptSaysAnEarlierTime) {
  auto const challenge = drawn();
  auto const noted = take(challenge, made_up(9)).value();
  (void)world.store.with_unit(unit.id, [&](UnitWork& work) -> Result<void> {
    EXPECT_EQ(work.anchor_sent_at(challenge), noted.at);
    EXPECT_FALSE(work.anchor_sent_at(challenge + 1));
    return {};
  });
  world.now -= 1h;
  EXPECT_EQ(node.exchange().value().receipt.sent_at, noted.at);
}

TEST_F(PhoneCalls, ACodeThatWasNotComparedBeforeAStopIsComparedAfterIt) {
  auto const challenge = drawn();
  ASSERT_TRUE(take(challenge, made_up(node.acts.size())));
  (void)node.exchange().value();
  PhoneDesk restarted(world.store, world.city.keys, world.random);
  EXPECT_EQ(restarted.compare_due(world.now).value(), 1U);
  EXPECT_EQ(phones.compare_due(world.now).value(), 0U);
}

}  // namespace
}  // namespace fieldnode::central

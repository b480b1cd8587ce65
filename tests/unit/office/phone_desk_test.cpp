#include "node/office/phone_desk.h"

#include <gtest/gtest.h>

#include "node/office/time_row.h"
#include "sync/engine/phone_digits.h"
#include "sync/engine/phone_receipt.h"
#include "tests/unit/office/office_world.h"

/// The office's side of a call, and the centre's by hand.
namespace fieldnode::office {
namespace {

using namespace std::chrono_literals;

constexpr AssignmentId kLamp{5};
constexpr std::uint64_t kChallenge = 4'271'903;

struct PhoneCalls : testing::Test {
  PhoneCalls() {
    world.feed.dispatch(kLamp, world.clock.truth());
    world.settle(1);
    (void)world.append(world.acknowledgement(kLamp)).value();
  }

  Result<PhoneCall> begin(std::uint64_t challenge = kChallenge) {
    return desk->begin(engine::challenge_digits(kNode, challenge));
  }
  /// What the centre answers when it notes the call's code now.
  std::string answer_to(PhoneCall const& call) {
    auto const minute = engine::minute_of(world.clock.truth());
    auto const key = engine::phone_key(city, node.keys.public_key, kNode).value();
    auto const mac =
        engine::phone_answer(key, {world.identity.journal(), call.upto.seq, call.challenge, call.code}, minute);
    return engine::answer_digits(kNode, {minute, mac});
  }
  /// Right check digits over an answer that is none.
  std::string wrong_answer() { return engine::answer_digits(kNode, {engine::minute_of(world.clock.truth()), 1}); }
  std::string code_of(Result<PhoneCall> const& refused) { return refused ? "" : refused.error().code; }
  /// The program ends and starts again; with it goes all that is not on disk.
  void restart() {
    time = std::make_unique<NodeTime>(world.clock, engine::TimeBounds{}, load_time_now());
    desk = std::make_unique<PhoneDesk>(office());
  }
  engine::TimeState load_time_now();
  PhoneDesk::World office() {
    return {.store = *world.store,
            .writer = world.writer,
            .readers = *world.readers,
            .vault = world.vault,
            .time = *time,
            .identity = node,
            .clock = world.clock};
  }

  SeededRandom random{99};
  /// Secrets are agreed with a real key only.
  crypto::KeyPair city{crypto::ed25519_suite()->make_keys(random)};
  OfficeWorld world{city.public_key};
  engine::NodeIdentity node{.unit = kUnit,
                            .node = kNode,
                            .keys = crypto::ed25519_suite()->make_keys(random),
                            .city_key_id = 1,
                            .city_key = city.public_key};
  std::unique_ptr<NodeTime> time{std::make_unique<NodeTime>(world.clock, engine::TimeBounds{}, engine::TimeState{})};
  std::unique_ptr<PhoneDesk> desk{std::make_unique<PhoneDesk>(office())};
};

engine::TimeState PhoneCalls::load_time_now() {
  auto const lease = world.readers->lease();
  return load_time(*lease);
}

TEST_F(PhoneCalls, ARightAnswerAnchorsTheClockAndSaysUpToWhichActIsProven) {
  auto const call = begin().value();
  EXPECT_EQ(call.upto, (Position{kJournalEpoch, world.journal_seq()}));
  EXPECT_EQ(call.code, engine::phone_code(world.store->snapshot().journal, kChallenge));
  (void)world.append(world.reached(kLamp)).value();
  world.clock.advance(70s);
  auto const answer = answer_to(call);
  world.clock.advance(20s);
  auto const told = desk->answer(answer).value();
  EXPECT_EQ(told.minute, engine::minute_of(world.clock.truth() - 20s));
  EXPECT_EQ(told.upto, call.upto) << "what was done during the call is not in it";
  auto const now = time->now();
  EXPECT_EQ(now.clock_class, rules::ClockClass::kAnchored);
  EXPECT_EQ(now.anchor, kChallenge);
  EXPECT_LE(now.interval.earliest, world.clock.truth());
  EXPECT_GE(*now.interval.latest, world.clock.truth());

  auto const state = desk->state();
  ASSERT_EQ(state.proofs.size(), 1U);
  EXPECT_EQ(state.proofs[0].upto, call.upto);
  EXPECT_FALSE(state.proofs[0].in_feed);
}

TEST_F(PhoneCalls, ARestartBetweenChallengeAndAnswerLosesNothing) {
  auto const call = begin().value();
  restart();
  EXPECT_EQ(begin().value().code, call.code);
  world.clock.advance(40s);
  ASSERT_TRUE(desk->answer(answer_to(call)));
  restart();
  EXPECT_EQ(time->now().anchor, kChallenge) << "the anchor is on disk with the answer";
}

TEST_F(PhoneCalls, AfterAPowerCutDuringTheCallOnlyTheFloorRises) {
  auto const call = begin().value();
  world.clock.reboot(30s, utc_from_ms(0));
  restart();
  auto const answer = answer_to(call);
  ASSERT_TRUE(desk->answer(answer));
  auto const now = time->now();
  EXPECT_EQ(now.clock_class, rules::ClockClass::kFloor);
  EXPECT_GE(now.interval.earliest, engine::minute_of(world.clock.truth()));
  EXPECT_FALSE(now.interval.latest);
}

TEST_F(PhoneCalls, ThreeWrongAnswersSpendTheChallengeAndATypingErrorNone) {
  auto const call = begin().value();
  auto mistyped = answer_to(call);
  std::swap(mistyped[0], mistyped[1]);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code_of(desk->answer(mistyped)), "bad_digits");
  EXPECT_EQ(code_of(desk->answer(wrong_answer())), "phone_answer_wrong");
  restart();
  EXPECT_EQ(code_of(desk->answer(wrong_answer())), "phone_answer_wrong");
  EXPECT_EQ(code_of(desk->answer(wrong_answer())), "phone_tries_over");
  EXPECT_EQ(code_of(desk->answer(answer_to(call))), "phone_tries_over") << "the right one comes too late";
  EXPECT_EQ(code_of(begin()), "phone_tries_over");
  auto const next = begin(kChallenge + 1).value();
  EXPECT_TRUE(desk->answer(answer_to(next)));
}

TEST_F(PhoneCalls, AnAnswerToAnotherCodeOrAnotherMinuteIsWrong) {
  auto const call = begin().value();
  auto misheard = call;
  misheard.code += 1;
  EXPECT_EQ(code_of(desk->answer(answer_to(misheard))), "phone_answer_wrong") << "the centre noted something else";
  auto const right = engine::read_answer(kNode, answer_to(call)).value();
  auto const later = engine::answer_digits(kNode, {right.minute + 1min, right.mac});
  EXPECT_EQ(code_of(desk->answer(later)), "phone_answer_wrong") << "nobody moves the time that was told";
}

TEST_F(PhoneCalls, ASecondTypingOfTheRightAnswerChangesNothingAndTheChallengeIsSpent) {
  auto const call = begin().value();
  auto const answer = answer_to(call);
  ASSERT_TRUE(desk->answer(answer));
  auto const before = time->now().interval;
  EXPECT_TRUE(desk->answer(answer));
  EXPECT_EQ(time->now().interval, before);
  EXPECT_EQ(code_of(desk->answer(wrong_answer())), "no_phone_call");
  EXPECT_EQ(code_of(begin()), "phone_challenge_used");
}

TEST_F(PhoneCalls, WithoutAChallengeThereIsNoAnswer) {
  EXPECT_EQ(code_of(desk->answer(wrong_answer())), "no_phone_call");
  EXPECT_EQ(code_of(desk->begin("12345 67890")), "bad_digits");
  EXPECT_FALSE(desk->state().call);
}

TEST_F(PhoneCalls, TheFeedSaysWhatBecameOfACallAndWhetherItWasThisCode) {
  auto const call = begin().value();
  world.feed.entry(rules::EntryKind::kPhoneReceipt, {}, rules::PhoneReceipt{call.upto, kChallenge, call.code},
                   world.clock.truth());
  world.feed.entry(rules::EntryKind::kPhoneReceipt, {}, rules::PhoneReceipt{call.upto, 5, 6}, world.clock.truth());
  world.settle(world.journal_seq());
  auto waiting = desk->state().proofs;
  ASSERT_EQ(waiting.size(), 2U);
  EXPECT_FALSE(waiting[0].own_code) << "no such code was shown here";
  EXPECT_EQ(waiting[1].own_code, true);
  EXPECT_FALSE(waiting[1].holds);

  auto const receipt = Position{kFeed.epoch, world.feed.head().seq - 1};
  world.feed.entry(rules::EntryKind::kPhoneCheck, {}, rules::PhoneCheck{receipt, true}, world.clock.truth());
  world.settle(world.journal_seq());
  EXPECT_EQ(desk->state().proofs[1].holds, true);
  auto const checked = world.check();
  EXPECT_TRUE(checked) << checked.error().sentence;
}

}  // namespace
}  // namespace fieldnode::office

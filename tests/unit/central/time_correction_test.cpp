#include <gtest/gtest.h>

#include "node/central/time_correction_desk.h"
#include "sync/rules/civil.h"
#include "tests/unit/central/central_world.h"
#include "tests/unit/central/page_world.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr StaffId kFirst{3};
constexpr StaffId kSecond{4};

/// For an hour the centre's clock was a year ahead, and one unit came by meanwhile.
struct WrongHour : testing::Test {
  WrongHour() {
    (void)node.exchange().value();
    (void)other.exchange().value();
    right_anchor = node.anchor;
    world.now += kAhead;
    wrong_at = world.now;
    (void)node.exchange().value();
    wrong_anchor = node.anchor;
    world.now -= kAhead;
    world.pass(10min);
  }

  SignedSpan span(UnitId unit = {}) const { return {unit, wrong_at - 1h, wrong_at + 1h}; }
  TimeCorrectionProposal proposed() { return desk.propose(kFirst, span(), "时钟快了一年", world.now).value(); }
  std::vector<std::uint64_t> repealed_at(UnitRecord const& unit) {
    return world.store.replay(unit.id, {}, {}).repealed_anchors;
  }
  std::optional<UtcTime> sent_at(std::uint64_t anchor) {
    std::optional<UtcTime> at;
    (void)world.store.with_unit(node.unit.id, [&](UnitWork& work) -> Result<void> {
      at = work.anchor_sent_at(anchor);
      return {};
    });
    return at;
  }

  static constexpr auto kAhead = 24h * 365;
  CentralWorld world;
  NodeByHand node{world, world.add_unit("BH")};
  NodeByHand other{world, world.add_unit("QS")};
  TimeCorrectionDesk desk{world.store};
  UtcTime wrong_at;
  std::uint64_t right_anchor{};
  std::uint64_t wrong_anchor{};
};

TEST_F(WrongHour, TwoOperatorsTakeBackWhatWasSignedAndTheUnitConcernedIsTold) {
  auto const proposal = proposed();
  EXPECT_TRUE(repealed_at(node.unit).empty()) << "one alone changes nothing";
  EXPECT_EQ(sent_at(wrong_anchor), wrong_at);
  auto const ruled = desk.rule(kSecond, proposal.id, true, world.now).value();
  EXPECT_TRUE(ruled.done);
  EXPECT_EQ(repealed_at(node.unit), (std::vector{wrong_anchor}));
  EXPECT_TRUE(repealed_at(other.unit).empty()) << "it was given no wrong time";
  EXPECT_FALSE(sent_at(wrong_anchor)) << "an act that names it is bounded by it no more";
  EXPECT_TRUE(sent_at(right_anchor));

  auto const reply = node.exchange().value();
  EXPECT_EQ(reply.receipt.sent_at, world.now) << "the wrong time binds no later receipt";
  auto const entry = wire::decode_skeleton(reply.feed.back().entry.skeleton).value();
  EXPECT_EQ(std::get<rules::TimeCorrection>(entry.payload), (rules::TimeCorrection{wrong_anchor, kSecond}));
  EXPECT_EQ(entry.staff, kFirst);
  EXPECT_TRUE(world.store.verify());
}

TEST_F(WrongHour, NobodyConfirmsTheirOwnAndADeclinedOneDoesNothing) {
  auto const proposal = proposed();
  EXPECT_EQ(desk.rule(kFirst, proposal.id, true, world.now).error().code, "proposed_by_same_person");
  ASSERT_TRUE(desk.rule(kSecond, proposal.id, false, world.now));
  EXPECT_TRUE(repealed_at(node.unit).empty());
  EXPECT_EQ(desk.rule(kSecond, proposal.id, true, world.now).error().code, "proposal_settled");
  EXPECT_EQ(desk.rule(kSecond, 99, true, world.now).error().code, "no_such_proposal");
}

TEST_F(WrongHour, ASpanInWhichNothingWasSignedIsRefused) {
  EXPECT_EQ(desk.propose(kFirst, {{}, wrong_at + 2h, wrong_at + 3h}, "x", world.now).error().code, "nothing_signed");
  EXPECT_EQ(desk.propose(kFirst, {{}, wrong_at, wrong_at}, "x", world.now).error().code, "bad_span");
  EXPECT_EQ(desk.propose(kFirst, span(other.unit.id), "x", world.now).error().code, "nothing_signed");
  EXPECT_EQ(desk.propose(kFirst, span(UnitId{99}), "x", world.now).error().code, "unknown_unit");
  EXPECT_EQ(proposed().id, proposed().id) << "the same words again are the same proposal";
}

TEST_F(WrongHour, WhatAStopLeftUndoneIsDoneAtTheNextStartAndOnce) {
  auto const proposal = proposed();
  // As after a stop between the ruling and the first unit.
  ASSERT_TRUE(world.store.with_times([&](TimeBook& book) -> Result<void> {
    auto ruled = book.find(proposal.id).value();
    ruled.standing = CorrectionStanding::kConfirmed;
    ruled.ruled_by = kSecond;
    ruled.ruled_at = world.now;
    book.update(ruled);
    return {};
  }));
  EXPECT_TRUE(repealed_at(node.unit).empty());
  ASSERT_TRUE(desk.go_on(world.now));
  EXPECT_EQ(repealed_at(node.unit), (std::vector{wrong_anchor}));
  ASSERT_TRUE(desk.go_on(world.now));
  EXPECT_EQ(repealed_at(node.unit).size(), 1U);
}

TEST(TimeCorrectionPage, OneProposesAnotherConfirmsAndBothAreNamed) {
  PageWorld world;
  auto const first = world.sign_in("王芳", rules::StaffRole::kOperator);
  auto const second = world.sign_in("赵强", rules::StaffRole::kSupervisor);
  json::object const form{{"from", "2027-01-01T00:00"}, {"until", "2027-01-02T00:00"}, {"reason", "时钟快了"}};
  EXPECT_EQ(world.post(first, "/api/time-corrections", form).code(), "nothing_signed");
  EXPECT_EQ(world.post(first, "/api/time-corrections", {{"from", "soon"}, {"until", "later"}, {"reason", "x"}}).code(),
            "bad_field");

  auto const unit = world.centre->store().add_unit("BH", "滨海街道", world.clock.wall()).value();
  (void)world.centre->store().with_unit(unit.id, [&](UnitWork& work) -> Result<void> {
    auto const node = work.next_node();
    (void)work.register_node({.id = node,
                              .public_key = {},
                              .journal_epoch = Epoch{77},
                              .fingerprint = {},
                              .certificate = "PEM",
                              .at = world.clock.wall()});
    wire::Receipt receipt{.unit = unit.id, .node = node, .journal_epoch = Epoch{77}};
    receipt.received_at = receipt.sent_at = rules::parse_moment("2027-01-01T12:00").value();
    work.keep_receipt(receipt);
    return {};
  });
  auto const made = world.post(first, "/api/time-corrections", form);
  ASSERT_EQ(made.status, 201) << json::serialize(made.body);
  EXPECT_EQ(made.at("/correction/anchors").to_number<int>(), 1);
  EXPECT_EQ(made.text("/correction/standing"), "waits");
  auto const door = "/api/time-corrections/" + made.text("/correction/id") + "/ruling";
  EXPECT_EQ(world.post(first, door, {{"confirmed", true}}).code(), "proposed_by_same_person");
  EXPECT_EQ(world.post(second, door, {}).code(), "bad_field") << "silence is no ruling";
  auto const ruled = world.post(second, door, {{"confirmed", true}});
  ASSERT_EQ(ruled.status, 201) << json::serialize(ruled.body);
  EXPECT_TRUE(ruled.at("/correction/done").as_bool());
  auto const listed = world.get(first, "/api/time-corrections");
  EXPECT_EQ(listed.text("/items/0/by/name"), "王芳");
  EXPECT_EQ(listed.text("/items/0/ruled_by/name"), "赵强");
}

}  // namespace
}  // namespace fieldnode::central

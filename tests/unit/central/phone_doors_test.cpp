#include <gtest/gtest.h>

#include "sync/engine/phone_digits.h"
#include "tests/unit/central/page_world.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using rules::StaffRole;

struct PhonePage : testing::Test {
  PhonePage() {
    unit = centre().store().add_unit("BH", "滨海街道", world.clock.wall()).value();
    auto const suite = crypto::ed25519_suite();
    auto const registered = centre().store().with_unit(unit.id, [&](UnitWork& work) {
      node = work.next_node();
      return work.register_node({.id = node,
                                 .public_key = suite->make_keys(world.random).public_key,
                                 .journal_epoch = Epoch{77},
                                 .fingerprint = {},
                                 .certificate = "PEM",
                                 .at = world.clock.wall()});
    });
    check(registered.has_value(), "a node is registered");
    door = "/api/units/" + std::to_string(unit.id.value);
  }

  Centre& centre() { return *world.centre; }

  PageWorld world;
  std::string operator_{world.sign_in("王芳", StaffRole::kOperator)};
  UnitRecord unit;
  NodeId node{};
  std::string door;
};

TEST_F(PhonePage, AnOperatorDrawsAChallengeTakesACodeAndReadsTheAnswerOut) {
  auto const drawn = world.post(operator_, door + "/phone-challenges", {});
  ASSERT_EQ(drawn.status, 201) << json::serialize(drawn.body);
  EXPECT_EQ(drawn.text("/expires_at"), "2026-10-08T09:10:00+08:00");
  EXPECT_EQ(drawn.text("/digits").size(), 11U);
  auto const open = world.get(operator_, door + "/phone-receipts");
  EXPECT_EQ(open.text("/challenges/0/challenge"), drawn.text("/challenge"));
  EXPECT_EQ(open.text("/challenges/0/by/name"), "王芳");

  world.clock.pass(61s);
  auto const code = engine::code_digits(node, {17, 123'456'789'012'345});
  auto const taken =
      world.post(operator_, door + "/phone-receipts", {{"challenge", drawn.text("/challenge")}, {"code", code}});
  ASSERT_EQ(taken.status, 201) << json::serialize(taken.body);
  EXPECT_EQ(taken.at("/upto").to_number<int>(), 17);
  EXPECT_TRUE(taken.text("/answer").starts_with("261008 0901 ")) << taken.text("/answer");
  EXPECT_TRUE(taken.at("/holds").is_null());

  auto const shown = world.get(operator_, door + "/phone-receipts");
  EXPECT_TRUE(shown.at("/challenges").as_array().empty());
  EXPECT_EQ(shown.text("/receipts/0/state"), "waiting");
  EXPECT_EQ(shown.text("/receipts/0/by/name"), "王芳");
  EXPECT_EQ(shown.text("/receipts/0/upto/seq"), "17");
}

TEST_F(PhonePage, OnlyWhoeverDecidesMayTakeACall) {
  auto const auditor = world.sign_in("钱进", StaffRole::kAuditor);
  EXPECT_EQ(world.post(auditor, door + "/phone-challenges", {}).status, 403);
  EXPECT_EQ(world.get(auditor, door + "/phone-receipts").status, 200);
}

TEST_F(PhonePage, AChallengeThatRanOutIsNotShown) {
  (void)world.post(operator_, door + "/phone-challenges", {});
  world.clock.pass(11min);
  auto const colleague = world.sign_in("孙丽", StaffRole::kOperator);  // the first session is locked by now
  EXPECT_TRUE(world.get(colleague, door + "/phone-receipts").at("/challenges").as_array().empty());
}

TEST_F(PhonePage, NoTimeIsToldWhileTheCentresClockIsInDoubt) {
  world.clock.jump(5s);
  auto const refused = world.post(operator_, door + "/phone-challenges", {});
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "clock_jumped");
  EXPECT_NE(refused.text("/error/sentence/zh"), refused.text("/error/sentence/en"));
}

TEST_F(PhonePage, AUnitThatIsNotThereHasNoDoor) {
  EXPECT_EQ(world.get(operator_, "/api/units/99/phone-receipts").code(), "not_found");
  EXPECT_EQ(world.post(operator_, "/api/units/99/phone-challenges", {}).code(), "unknown_unit");
}

}  // namespace
}  // namespace fieldnode::central

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "node/central/assignment_views.h"
#include "tests/unit/central/central_world.h"

namespace fieldnode::central {
namespace {

using rules::EntryKind;

struct Dossiers : testing::Test {
  void apply_for_extension(AssignmentId id) {
    node.act(EntryKind::kExtensionApplication, id,
             rules::ExtensionApplication{.ground = rules::ExtensionGround::kSiteWork, .days = 3}, node.feed.seq);
  }
  [[nodiscard]] DecisionPermissions permissions(AssignmentId id) {
    return permissions_of(world.store.dossier(id)->state, world.book, world.now);
  }
  [[nodiscard]] bool allows(AssignmentId id, EntryKind kind) {
    auto const allowed = permissions(id).allowed;
    return std::ranges::find(allowed, kind) != allowed.end();
  }
  [[nodiscard]] ViewContext context() { return {world.book, staff, world.now}; }

  CentralWorld world;
  NodeByHand node{world, world.add_unit("BH")};
  StaffNames staff{{StaffId{5}, "王芳"}};
};

TEST_F(Dossiers, WhatAwaitsIsListedWithWhatTheApplicationSays) {
  auto const quiet = world.dispatched("BH");
  auto const asking = world.dispatched("BH");
  ASSERT_TRUE(node.exchange());
  apply_for_extension(asking);
  ASSERT_TRUE(node.exchange());
  auto const page = world.store.awaiting({}, 10);
  EXPECT_EQ(page.total, 1U);
  ASSERT_EQ(page.dossiers.size(), 1U);
  auto const view = boost::json::value(awaiting_view(page.dossiers[0], context()));
  EXPECT_EQ(view.at_pointer("/assignment").as_string(), std::to_string(asking.value));
  EXPECT_EQ(view.at_pointer("/case/title").as_string(), "路灯不亮");
  EXPECT_EQ(view.at_pointer("/waiting/0/kind").as_string(), "extension_application");
  EXPECT_EQ(view.at_pointer("/waiting/0/item/fields/days"), 3);
  EXPECT_EQ(view.at_pointer("/due/clock").as_string(), "acknowledge");
  EXPECT_EQ(view.at_pointer("/due/due").as_string(), "2026-10-08T11:00:00+08:00");
  EXPECT_TRUE(allows(asking, EntryKind::kExtensionDecision));
  EXPECT_FALSE(allows(quiet, EntryKind::kExtensionDecision));
}

TEST_F(Dossiers, TheListComesInPagesById) {
  std::vector<AssignmentId> ids;
  for (int i = 0; i < 3; ++i) ids.push_back(world.dispatched("BH"));
  ASSERT_TRUE(node.exchange());
  for (auto const id : ids) apply_for_extension(id);
  ASSERT_TRUE(node.exchange());
  auto const first = world.store.awaiting({}, 2);
  EXPECT_EQ(first.total, 3U);
  ASSERT_EQ(first.dossiers.size(), 2U);
  EXPECT_EQ(first.next, ids[1]);
  auto const second = world.store.awaiting(first.next, 2);
  ASSERT_EQ(second.dossiers.size(), 1U);
  EXPECT_EQ(second.dossiers[0].row.id, ids[2]);
  EXPECT_FALSE(second.next);
}

TEST_F(Dossiers, AConflictAfterATakeBackWaitsWithTheActItself) {
  auto const id = world.dispatched("BH");
  ASSERT_TRUE(node.exchange());
  ASSERT_TRUE(world.decisions.decide({}, "t", id, {EntryKind::kTakeBack, rules::TakeBack{}, ""}, world.now));
  apply_for_extension(id);
  ASSERT_TRUE(node.exchange());
  auto const page = world.store.awaiting({}, 10);
  ASSERT_EQ(page.dossiers.size(), 1U);
  auto const view = boost::json::value(awaiting_view(page.dossiers[0], context()));
  ASSERT_EQ(view.at("waiting").as_array().size(), 1U) << "an application dies with its assignment";
  EXPECT_EQ(view.at_pointer("/waiting/0/kind").as_string(), "conflict");
  EXPECT_EQ(view.at_pointer("/waiting/0/item/kind").as_string(), "extension_application");
  EXPECT_TRUE(view.at("due").is_null());
  EXPECT_TRUE(allows(id, EntryKind::kSettlement));
  EXPECT_FALSE(allows(id, EntryKind::kTakeBack));
}

TEST_F(Dossiers, StaffOfTheUnitHaveTheNamesThatTheirJournalSays) {
  auto const id = world.dispatched("BH");
  ASSERT_TRUE(node.exchange());
  node.staff_change(StaffId{5}, "陈静");
  node.staff_change(StaffId{6}, "刘洋");
  node.staff_change(StaffId{5}, "陈静怡");
  node.act(EntryKind::kAcknowledgement, id, rules::Acknowledgement{}, node.feed.seq, StaffId{5});
  ASSERT_TRUE(node.exchange());
  auto const dossier = world.store.dossier(id).value();
  EXPECT_EQ(dossier.staff, (StaffNames{{StaffId{5}, "陈静怡"}, {StaffId{6}, "刘洋"}}));
  auto const view = boost::json::value(dossier_view(dossier, permissions(id), context()));
  EXPECT_EQ(view.at_pointer("/timeline/1/staff/name").as_string(), "陈静怡")
      << "not the person of the same number at the centre";
}

TEST_F(Dossiers, ADecisionThatIsOfferedIsTaken) {
  auto const id = world.dispatched("BH");
  ASSERT_TRUE(node.exchange());
  apply_for_extension(id);
  node.act(EntryKind::kContact, id,
           rules::Contact{.channel = rules::Channel::kTelephone, .outcome = rules::ContactOutcome::kReached},
           node.feed.seq);
  node.act(EntryKind::kResolution, id,
           rules::Resolution{.verified = rules::Degree::kYes, .solved = rules::Degree::kYes}, node.feed.seq);
  ASSERT_TRUE(node.exchange());
  EXPECT_TRUE(allows(id, EntryKind::kCallBack));
  EXPECT_FALSE(allows(id, EntryKind::kClose)) << "an application is pending";
  EXPECT_EQ(permissions(id).refused.at(EntryKind::kClose).code, "application_pending");
  ASSERT_TRUE(world.decisions.decide({}, "e", id, {EntryKind::kExtensionDecision, rules::ExtensionDecision{}, "不同意"},
                                     world.now));
  EXPECT_TRUE(allows(id, EntryKind::kClose));
  ASSERT_TRUE(world.decisions.decide({}, "c", id, {EntryKind::kClose, rules::Close{}, ""}, world.now));
  EXPECT_EQ(permissions(id).allowed, (std::vector{EntryKind::kTimeRuling, EntryKind::kSupervisionNote}))
      << "whether a limit was kept may be ruled on after the end";
}

TEST_F(Dossiers, WhereNobodyCanTellAnOperatorRules) {
  auto const id = world.dispatched("BH");
  ASSERT_TRUE(node.exchange());
  world.now += std::chrono::hours(30);  // too long after its anchor for the node's clock to count
  node.act(EntryKind::kContact, id,
           rules::Contact{.channel = rules::Channel::kTelephone, .outcome = rules::ContactOutcome::kReached},
           node.feed.seq);
  world.now += std::chrono::hours(5 * 24);  // the limit ends on the way
  ASSERT_TRUE(node.exchange());

  auto const before = world.store.dossier(id).value();
  auto const asked = boost::json::value(dossier_view(before, permissions(id), context()));
  EXPECT_EQ(asked.at_pointer("/clocks/1/clock").as_string(), "contact");
  EXPECT_EQ(asked.at_pointer("/clocks/1/verdict/verdict").as_string(), "undetermined");
  EXPECT_EQ(asked.at_pointer("/clocks/1/verdict/trust").as_string(), "anchor_too_old");
  ASSERT_EQ(asked.at("waiting").as_array().size(), 1U);
  EXPECT_EQ(asked.at_pointer("/waiting/0/kind").as_string(), "time");
  EXPECT_EQ(asked.at_pointer("/waiting/0/clock").as_string(), "contact");

  rules::TimeRuling const ruling{before.state.contacts.front().by.at, rules::ClockKind::kContact, true};
  ASSERT_TRUE(world.decisions.decide({}, "r", id, {EntryKind::kTimeRuling, ruling, "听取说明"}, world.now));
  auto const ruled = boost::json::value(dossier_view(world.store.dossier(id).value(), permissions(id), context()));
  EXPECT_TRUE(ruled.at("waiting").as_array().empty());
  EXPECT_EQ(ruled.at_pointer("/clocks/1/verdict/verdict").as_string(), "undetermined") << "a ruling proves nothing";
  EXPECT_TRUE(ruled.at_pointer("/clocks/1/verdict/ruled/in_time").as_bool());
}

TEST_F(Dossiers, ActsThatCameAreToldToListeners) {
  auto const id = world.dispatched("BH");
  ASSERT_TRUE(node.exchange());
  std::vector<StoreChange> told;
  world.store.on_change([&](StoreChange const& change) { told.push_back(change); });
  node.act(EntryKind::kAcknowledgement, id, rules::Acknowledgement{}, node.feed.seq);
  ASSERT_TRUE(node.exchange());
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].unit, node.unit.id);
  EXPECT_TRUE(told[0].acts_came);
  EXPECT_FALSE(told[0].feed_grew);
  EXPECT_EQ(told[0].cases, std::set{world.store.find_assignment(id)->case_id});
}

}  // namespace
}  // namespace fieldnode::central

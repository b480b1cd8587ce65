#include "node/office/desk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "node/office/assignment_view.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

using rules::EntryKind;
constexpr AssignmentId kLamp{5};
constexpr AssignmentId kDrain{6};

struct DeskWorld : OfficeWorld {
  DeskWorld() {
    feed.dispatch(kLamp, clock.truth());
    feed.dispatch(kDrain, clock.truth(), "下水道堵塞");
    settle(1);
  }
  web::ActForm form(std::string_view json) { return web::read_act_form(json).value(); }
  AssignmentFile file(AssignmentId id = kLamp) { return store->file_of(id).value(); }
  boost::json::object shown() {
    return file_view(file(), desk.permissions(file().state), book, node_time.now().interval,
                     [](StaffId id) { return id == StaffId{7} ? std::string("王芳") : std::string(); });
  }

  int nudges{};
  NodeTime node_time{clock, {}, {}};
  Desk desk{*store, node_time, book, [this] { ++nudges; }};
};

constexpr std::string_view kAcknowledge = R"({"act_id":"page-0001","kind":"acknowledgement"})";
constexpr std::string_view kReached =
    R"({"act_id":"page-0002","kind":"contact","channel":"telephone","outcome":"reached","note":"说明了安排"})";

bool allows(Permissions const& permissions, EntryKind kind) {
  return std::ranges::find(permissions.allowed, kind) != permissions.allowed.end();
}

TEST(Desk, AnActIsRecordedInTheClerksNameAndLeavesAtOnce) {
  DeskWorld world;
  auto const recorded = world.desk.perform(kLamp, world.form(kAcknowledge), StaffId{7});
  ASSERT_TRUE(recorded) << recorded.error().sentence;
  EXPECT_EQ(recorded->entry.skeleton.staff, StaffId{7});
  EXPECT_EQ(world.nudges, 1);
}

TEST(Desk, ARepeatIsTheSameActAndNudgesNobody) {
  DeskWorld world;
  auto const first = world.desk.perform(kLamp, world.form(kAcknowledge), StaffId{7}).value();
  auto const second = world.desk.perform(kLamp, world.form(kAcknowledge), StaffId{7}).value();
  EXPECT_TRUE(second.repeated);
  EXPECT_EQ(second.entry.at, first.entry.at);
  EXPECT_EQ(world.nudges, 1);
}

TEST(Desk, TheSameFormUnderTheSameIdOnAnotherAssignmentIsAnotherAct) {
  DeskWorld world;
  ASSERT_TRUE(world.desk.perform(kLamp, world.form(kAcknowledge), StaffId{7}));
  auto const refused = world.desk.perform(kDrain, world.form(kAcknowledge), StaffId{7});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "act_id_reused");
}

TEST(Desk, AResolutionIsAllowedOnceTheCitizenWasReached) {
  DeskWorld world;
  auto before = world.desk.permissions(world.file().state);
  EXPECT_FALSE(allows(before, EntryKind::kResolution));
  EXPECT_EQ(before.refused.at(EntryKind::kResolution).code, "contact_missing");
  EXPECT_TRUE(allows(before, EntryKind::kContact));
  ASSERT_TRUE(world.desk.perform(kLamp, world.form(kReached), StaffId{7}));
  EXPECT_TRUE(allows(world.desk.permissions(world.file().state), EntryKind::kResolution));
}

TEST(AssignmentView, TheTimelineStandsInTheOrderOfTheFold) {
  DeskWorld world;
  ASSERT_TRUE(world.desk.perform(kLamp, world.form(kAcknowledge), StaffId{7}));
  world.feed.entry(EntryKind::kPause, kLamp, rules::Pause{}, world.clock.truth(), {kJournalEpoch, 2});
  world.settle(2);
  ASSERT_TRUE(world.desk.perform(kLamp, world.form(kReached), StaffId{7}));
  std::vector<std::string> kinds;
  auto const shown = world.shown();
  for (auto const& item : shown.at("timeline").as_array()) {
    kinds.emplace_back(item.at("kind").as_string());
    kinds.back() += item.at("truth").is_string() ? ":" + std::string(item.at("truth").as_string()) : "";
  }
  EXPECT_EQ(kinds, (std::vector<std::string>{"dispatch", "acknowledgement:in_force", "pause", "contact:saved"}));
  EXPECT_EQ(shown.at("timeline").at(1).at("staff").at("name").as_string(), "王芳");
  EXPECT_EQ(shown.at("timeline").at(1).at("receipt").as_string().subview(0, 4), "R-2-");
}

TEST(AssignmentView, ContactDataIsMaskedAndGoneAfterATakeBack) {
  DeskWorld world;
  auto const open = world.shown();
  EXPECT_EQ(open.at("contact").at("telephone_masked").as_string(), "138****1234");
  EXPECT_EQ(boost::json::serialize(open).find("13800001234"), std::string::npos);
  world.feed.entry(EntryKind::kTakeBack, kLamp, rules::TakeBack{}, world.clock.truth(), {kJournalEpoch, 1});
  world.settle(1);
  EXPECT_EQ(world.shown().at("contact").at("telephone_masked").as_string(), "");
}

TEST(AssignmentView, WhatIsDueIsOverdueOnlyForCertainWhenTheWholeIntervalIs) {
  DeskWorld world;
  auto const due = world.file().row.due->due.value();
  auto const overdue = [&](TimeInterval now) {
    auto const view = summary_view(world.file().row, {}, now, [](StaffId) { return std::string(); });
    return std::string(view.at("due").at("overdue").as_string());
  };
  auto const second = std::chrono::seconds(1);
  EXPECT_EQ(overdue(exactly(due)), "no");
  EXPECT_EQ(overdue({due - second, due + second}), "maybe");
  EXPECT_EQ(overdue({due - second, std::nullopt}), "maybe");
  EXPECT_EQ(overdue(exactly(due + second)), "certainly");
}

}  // namespace
}  // namespace fieldnode::office

#include "node/office/desk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "node/office/assignment_view.h"
#include "node/web/views.h"
#include "tests/unit/db/temp_directory.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

using rules::EntryKind;
constexpr AssignmentId kLamp{5};
constexpr AssignmentId kDrain{6};
constexpr AssignmentId kLate{9};
constexpr Clerk kClerk{StaffId{7}, Clearance::kGeneral};
constexpr Clerk kSupervisor{StaffId{8}, Clearance::kConfidential};

struct DeskWorld : OfficeWorld {
  DeskWorld() {
    feed.dispatch(kLamp, clock.truth());
    feed.dispatch(kDrain, clock.truth(), "下水道堵塞");
    settle(1);
  }
  web::ActForm form(std::string_view json) { return web::read_act_form(json).value(); }
  AssignmentFile file(AssignmentId id = kLamp) { return store->file_of(id).value(); }
  Result<RecordedAct> perform(std::string_view json, Clerk const& clerk = kClerk, AssignmentId id = kLamp) {
    return desk.perform(id, form(json), clerk);
  }
  boost::json::object shown(AssignmentId id = kLamp) {
    return file_view(file(id), desk.permissions(file(id)), book, node_time.now().interval,
                     [](StaffId staff) { return staff == StaffId{7} ? std::string("王芳") : std::string(); });
  }

  int nudges{};
  NodeTime node_time{clock, {}, {}};
  db::TempDirectory temp;
  blobs::BlobStore blobs{{writer, *readers, {vault, random, temp.path() / "attachments"}}};
  Desk desk{*store, blobs, node_time, [this] { ++nudges; }};
};

constexpr std::string_view kAcknowledge = R"({"act_id":"page-0001","kind":"acknowledgement"})";
constexpr std::string_view kReached =
    R"({"act_id":"page-0002","kind":"contact","channel":"telephone","outcome":"reached","note":"说明了安排"})";

bool allows(Permissions const& permissions, EntryKind kind) {
  return std::ranges::find(permissions.allowed, kind) != permissions.allowed.end();
}

TEST(Desk, AnActIsRecordedInTheClerksNameAndLeavesAtOnce) {
  DeskWorld world;
  auto const recorded = world.desk.perform(kLamp, world.form(kAcknowledge), kClerk);
  ASSERT_TRUE(recorded) << recorded.error().sentence;
  EXPECT_EQ(recorded->entry.skeleton.staff, StaffId{7});
  EXPECT_EQ(world.nudges, 1);
}

TEST(Desk, WhatTheClocksDidStandsBeforeTheActThatIsFirstToSeeIt) {
  DeskWorld world;
  ASSERT_TRUE(world.perform(kAcknowledge));
  auto const before = world.journal_seq();
  world.clock.advance(std::chrono::minutes(1));
  world.clock.set_wall(world.clock.wall() - std::chrono::hours(3));
  auto const contact = world.perform(kReached);
  ASSERT_TRUE(contact) << contact.error().sentence;
  EXPECT_EQ(contact->entry.at.seq, before + 2) << "the step comes first, or nobody would doubt the act's clock";
}

TEST(Desk, ARepeatIsTheSameActAndNudgesNobody) {
  DeskWorld world;
  auto const first = world.desk.perform(kLamp, world.form(kAcknowledge), kClerk).value();
  auto const second = world.desk.perform(kLamp, world.form(kAcknowledge), kClerk).value();
  EXPECT_TRUE(second.repeated);
  EXPECT_EQ(second.entry.at, first.entry.at);
  EXPECT_EQ(world.nudges, 1);
}

TEST(Desk, TheSameFormUnderTheSameIdOnAnotherAssignmentIsAnotherAct) {
  DeskWorld world;
  ASSERT_TRUE(world.desk.perform(kLamp, world.form(kAcknowledge), kClerk));
  auto const refused = world.desk.perform(kDrain, world.form(kAcknowledge), kClerk);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "act_id_reused");
}

TEST(Desk, AnAssignmentSaysWhichOfItsLimitsHadPassedWhenItCame) {
  DeskWorld world;
  world.feed.dispatch(kLate, world.clock.truth() - std::chrono::hours(5));
  world.settle(1);
  ASSERT_TRUE(world.perform(R"({"act_id":"page-0009","kind":"acknowledgement"})", kClerk, kLate));
  auto const came = boost::json::value(web::moment(world.clock.truth()));
  auto const late = world.shown(kLate).at("clocks").as_array();
  ASSERT_EQ(late.size(), 4U);
  for (auto const& clock : late) {
    bool const had_passed = clock.at("clock") == "acknowledge";
    EXPECT_EQ(clock.at("arrived_late_at"), had_passed ? came : nullptr) << clock.at("clock") << ", met or not";
  }
  auto const in_time = world.shown().at("clocks").as_array();
  for (auto const& clock : in_time) EXPECT_TRUE(clock.at("arrived_late_at").is_null());
}

TEST(Desk, AResolutionIsAllowedOnceTheCitizenWasReached) {
  DeskWorld world;
  auto before = world.desk.permissions(world.file());
  EXPECT_FALSE(allows(before, EntryKind::kResolution));
  EXPECT_EQ(before.refused.at(EntryKind::kResolution).code, "contact_missing");
  EXPECT_TRUE(allows(before, EntryKind::kContact));
  ASSERT_TRUE(world.desk.perform(kLamp, world.form(kReached), kClerk));
  EXPECT_TRUE(allows(world.desk.permissions(world.file()), EntryKind::kResolution));
}

constexpr std::string_view kUnmask = R"({"act_id":"page-0003","kind":"unmasking","reason":"上门前电话确认"})";

TEST(Desk, AnUnmaskingIsAnActWithItsReasonAndShowsTheContact) {
  DeskWorld world;
  EXPECT_TRUE(allows(world.desk.permissions(world.file()), EntryKind::kUnmasking));
  auto const recorded = world.perform(kUnmask);
  ASSERT_TRUE(recorded) << recorded.error().sentence;
  auto const item = world.shown().at("timeline").as_array().back();
  EXPECT_EQ(item.at("kind").as_string(), "unmasking");
  EXPECT_EQ(item.at("texts").at("reason_text").as_string(), "上门前电话确认");
  EXPECT_EQ(boost::json::serialize(unmasked_view(world.file())),
            R"({"name":"王小明","telephone":"13800001234","address":""})");
  EXPECT_EQ(boost::json::serialize(world.shown()).find("13800001234"), std::string::npos) << "only in that one answer";
  EXPECT_EQ(boost::json::serialize(item).find("王小明"), std::string::npos);
}

TEST(Desk, NothingIsUnmaskedAfterATakeBackNotEvenByARepeat) {
  DeskWorld world;
  ASSERT_TRUE(world.perform(kUnmask));
  world.feed.entry(EntryKind::kTakeBack, kLamp, rules::TakeBack{}, world.clock.truth(), {kJournalEpoch, 2});
  world.settle(2);
  auto const permissions = world.desk.permissions(world.file());
  EXPECT_FALSE(allows(permissions, EntryKind::kUnmasking));
  EXPECT_EQ(permissions.refused.at(EntryKind::kUnmasking).code, "assignment_ended");
  auto const again = world.perform(R"({"act_id":"page-0004","kind":"unmasking","reason":"x"})");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "assignment_ended");
  EXPECT_TRUE(world.perform(kUnmask)->repeated);
  EXPECT_TRUE(unmasked_view(world.file()).is_null());
}

TEST(Desk, AnUnmaskingWithoutAReasonIsNoForm) {
  auto const form = web::read_act_form(R"({"act_id":"page-0005","kind":"unmasking","reason":"  "})");
  ASSERT_FALSE(form);
  EXPECT_EQ(form.error().code, "bad_field");
}

TEST(Desk, WhoMayNotSeeAnAssignmentIsToldThatItIsNotThere) {
  DeskWorld world;
  constexpr AssignmentId kSecret{9};
  world.feed.dispatch_confidential(kSecret, world.clock.truth());
  world.settle(1);
  auto const missing = world.perform(kAcknowledge, kClerk, AssignmentId{77});
  auto const refused = world.perform(kAcknowledge, kClerk, kSecret);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, missing.error().code);
  EXPECT_EQ(world.file(kSecret).acts.size(), 0U);
  ASSERT_TRUE(world.perform(kAcknowledge, kSupervisor, kSecret));
  EXPECT_FALSE(world.perform(kAcknowledge, kClerk, kSecret)) << "a repeat would tell as much as the act itself";
  EXPECT_EQ(world.nudges, 1);
}

TEST(AssignmentView, AnOwnApplicationThatIsPendingMayBeWithdrawn) {
  DeskWorld world;
  constexpr std::string_view kExtend =
      R"({"act_id":"page-0006","kind":"extension_application","ground":"site_work","days":2,"text":"等配件"})";
  auto const applied = world.perform(kExtend).value();
  auto const act = [&] { return world.shown().at("timeline").as_array().back(); };
  EXPECT_TRUE(act().at("withdrawable").as_bool());
  auto const& at = applied.entry.at;
  world.feed.entry(EntryKind::kExtensionDecision, kLamp, rules::ExtensionDecision{at, true, 2}, world.clock.truth(),
                   at);
  world.settle(2);
  auto const shown = world.shown();
  for (auto const& item : shown.at("timeline").as_array()) {
    auto const* told = item.as_object().if_contains("withdrawable");
    EXPECT_EQ(told != nullptr, item.at("kind").as_string() == "extension_application");
    if (told != nullptr) {
      EXPECT_FALSE(told->as_bool()) << "it is decided";
    }
  }
}

TEST(AssignmentView, TheTimelineStandsInTheOrderOfTheFold) {
  DeskWorld world;
  ASSERT_TRUE(world.desk.perform(kLamp, world.form(kAcknowledge), kClerk));
  world.feed.entry(EntryKind::kPause, kLamp, rules::Pause{}, world.clock.truth(), {kJournalEpoch, 2});
  world.settle(2);
  ASSERT_TRUE(world.desk.perform(kLamp, world.form(kReached), kClerk));
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

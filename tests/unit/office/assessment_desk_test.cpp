#include "node/office/assessment_desk.h"

#include <gtest/gtest.h>

#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

using namespace std::chrono_literals;
using rules::ClockCell;
using rules::ClockKind;
using rules::EntryKind;

rules::Period const kMarch{utc_from_ms(1'772'294'400'000), utc_from_ms(1'774'972'800'000)};  // in +08:00

/// An office that has one assignment, dispatched on Monday 2 March at nine, and a veto of its March.
class OwnAssessment : public testing::Test {
 protected:
  OwnAssessment() {
    world_.feed.dispatch(AssignmentId{1}, world_.clock.truth());
    note_ = entry(EntryKind::kSupervisionNote, rules::SupervisionNote{rules::SupervisionGround::kFraud, false});
    veto_ = entry(EntryKind::kVeto, rules::Veto{kMarch, note_, StaffId{2}});
    settle();
  }
  Position entry(EntryKind kind, rules::Payload payload) {
    world_.feed.entry(kind, {}, std::move(payload), world_.clock.truth());
    return {kFeed.epoch, world_.feed.head().seq};
  }
  void settle() {
    auto const settled = world_.reply(world_.journal_seq());
    time_.learn(settled);
    ASSERT_TRUE(world_.store->settle(settled, time_.stamp().state));
  }
  std::uint32_t cell(ClockKind clock, ClockCell one) {
    return desk_.read(kMarch)->assessment.figures.of(clock).at(static_cast<std::size_t>(one));
  }
  Result<void> contest(std::string const& id, Position veto, std::string const& reason = "当日停电") {
    return desk_.contest(StaffId{7}, kMarch, {id, veto, reason});
  }

  OfficeWorld world_;
  Position note_;
  Position veto_;
  NodeTime time_{world_.clock, {}, {}};
  int nudges_{};
  AssessmentDesk desk_{*world_.store, time_, [this] { ++nudges_; }};
};

TEST_F(OwnAssessment, IsFoldedFromTheOwnLists) {
  EXPECT_EQ(cell(ClockKind::kAcknowledge, ClockCell::kRunning), 1u);
  ASSERT_TRUE(world_.append(world_.acknowledgement(AssignmentId{1})));
  EXPECT_EQ(cell(ClockKind::kAcknowledge, ClockCell::kRunning), 0u) << "what was done here is seen at once";
  auto const reading = desk_.read(kMarch);
  EXPECT_TRUE(reading->assessment.figures.vetoed());
  ASSERT_EQ(reading->assessment.vetoes.size(), 1u);
  EXPECT_EQ(reading->assessment.vetoes[0].ground, rules::SupervisionGround::kFraud);
  EXPECT_EQ(reading->assessment.notes.size(), 1u);
}

TEST_F(OwnAssessment, IsKeptForAMinuteWhileNothingComes) {
  auto const first = desk_.read(kMarch);
  world_.clock.advance(59s);
  EXPECT_EQ(desk_.read(kMarch), first);
  world_.clock.advance(2s);
  EXPECT_NE(desk_.read(kMarch), first);
}

TEST_F(OwnAssessment, WhatIsOverdueIsNamed) {
  world_.clock.advance(3h);
  auto const page = desk_.clocks(kMarch, ClockKind::kAcknowledge, ClockCell::kOverdue, 10);
  ASSERT_EQ(page.total, 1u);
  EXPECT_EQ(page.lines.at(0).assignment, AssignmentId{1});
}

TEST_F(OwnAssessment, AContestIsAnActOfItsOwn) {
  auto const before = world_.journal_seq();
  ASSERT_TRUE(contest("c1", veto_));
  EXPECT_EQ(world_.journal_seq(), before + 1);
  EXPECT_EQ(nudges_, 1);
  ASSERT_TRUE(contest("c1", veto_)) << "a second click";
  EXPECT_EQ(world_.journal_seq(), before + 1);
  EXPECT_EQ(nudges_, 1);
  auto const story = desk_.read(kMarch)->assessment.vetoes.at(0);
  EXPECT_EQ(rules::state_of(story.fact), rules::VetoState::kContested);
  EXPECT_EQ(story.contests.at(0).words.text(wire::TextTag::kReason), "当日停电");
  EXPECT_EQ(contest("c1", veto_, "另一理由").error().code, "act_id_reused");
}

TEST_F(OwnAssessment, OnlyAVetoThatStandsIsContested) {
  EXPECT_EQ(contest("c1", note_).error().code, "unknown_veto");
  entry(EntryKind::kVetoStep, rules::VetoStep{veto_, rules::VetoMove::kWithdrawn});
  settle();
  EXPECT_EQ(contest("c1", veto_).error().code, "veto_withdrawn");
}

}  // namespace
}  // namespace fieldnode::office

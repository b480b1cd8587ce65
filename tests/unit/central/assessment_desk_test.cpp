#include "node/central/assessment_desk.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "node/central/veto_desk.h"
#include "node/web/assessment_view.h"
#include "tests/unit/central/central_world.h"

namespace fieldnode::central {
namespace {

using namespace std::chrono_literals;
using rules::ClockCell;
using rules::ClockKind;
using rules::EntryKind;

rules::Period const kOctober{utc_from_ms(1'790'784'000'000), utc_from_ms(1'793'462'400'000)};  // in +08:00

/// A unit with one assignment, dispatched on Thursday 8 October at nine.
class AssessmentsOf : public testing::Test {
 protected:
  std::uint32_t cell(ClockKind clock, ClockCell one) {
    return desk_.read(unit_.id, kOctober, world_.now)->assessment.figures.of(clock).at(static_cast<std::size_t>(one));
  }
  Result<Position> publish(std::string const& reason = {}) {
    return desk_.publish(StaffId{1}, world_.fresh(), {unit_.id, kOctober, reason}, world_.now);
  }
  std::vector<lists::PublishedAssessment> publications() {
    return desk_.read(unit_.id, kOctober, world_.now)->assessment.publications;
  }
  /// Past the end of the month.
  void let_october_end() { world_.now = kOctober.until + 9h; }

  CentralWorld world_;
  UnitRecord unit_{world_.add_unit("BH")};
  NodeByHand node_{world_, unit_};
  AssignmentId assignment_{world_.dispatched("BH")};
  AssessmentDesk desk_{world_.store};
  VetoDesk vetoes_{world_.store};
};

TEST_F(AssessmentsOf, WhatTheCentreHeldInTimeIsProven) {
  EXPECT_EQ(cell(ClockKind::kAcknowledge, ClockCell::kRunning), 1u);
  ASSERT_TRUE(node_.exchange());
  node_.act(EntryKind::kAcknowledgement, assignment_, rules::Acknowledgement{}, node_.feed.seq);
  world_.pass(1min);
  ASSERT_TRUE(node_.exchange());
  EXPECT_EQ(cell(ClockKind::kAcknowledge, ClockCell::kInTimeProven), 1u) << "what came is seen at once";
}

TEST_F(AssessmentsOf, AReadingIsKeptForAMinuteWhileNothingComes) {
  auto const first = desk_.read(unit_.id, kOctober, world_.now);
  world_.pass(59s);
  EXPECT_EQ(desk_.read(unit_.id, kOctober, world_.now), first);
  world_.pass(2s);
  EXPECT_NE(desk_.read(unit_.id, kOctober, world_.now), first);
  auto const again = desk_.read(unit_.id, kOctober, world_.now);
  EXPECT_NE(desk_.read(unit_.id, {kOctober.from, world_.now}, world_.now), again) << "another period";
}

TEST_F(AssessmentsOf, TheClocksBehindAFigureCanBeNamed) {
  let_october_end();
  auto const late = desk_.clocks(unit_.id, kOctober, {ClockKind::kAcknowledge, ClockCell::kOverdue}, world_.now);
  ASSERT_EQ(late.total, 1u);
  EXPECT_EQ(late.lines.at(0).assignment, assignment_);
  auto const none = desk_.clocks(unit_.id, kOctober, {ClockKind::kAcknowledge, ClockCell::kOverdue, 0}, world_.now);
  EXPECT_EQ(none.total, 1u) << "beyond the limit they are counted";
  EXPECT_TRUE(none.lines.empty());
}

TEST_F(AssessmentsOf, APeriodIsPublishedOnceItIsOver) {
  auto const early = publish();
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, "period_open");
  let_october_end();
  ASSERT_TRUE(publish());
  auto const published = publications();
  ASSERT_EQ(published.size(), 1u);
  EXPECT_EQ(published[0].fact.publication.corrects, Position{});
  auto const snapshot = boost::json::parse(published[0].figures);
  EXPECT_EQ(snapshot.at_pointer("/figures/clocks/acknowledge/cells/overdue").to_number<int>(), 1);
  EXPECT_EQ(snapshot.at("breach_count").to_number<int>(), 3) << "nothing was done at all";
}

TEST_F(AssessmentsOf, ARepeatPublishesNothing) {
  let_october_end();
  auto const first = desk_.publish(StaffId{1}, "r1", {unit_.id, kOctober, {}}, world_.now);
  auto const again = desk_.publish(StaffId{1}, "r1", {unit_.id, kOctober, {}}, world_.now);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *first);
  EXPECT_EQ(publications().size(), 1u);
}

TEST_F(AssessmentsOf, EvidenceThatArrivesLaterCorrectsWithBeforeAndAfter) {
  ASSERT_TRUE(node_.exchange());
  // Acknowledged in time, offline: the centre hears of it weeks later.
  world_.pass(10min);
  node_.act(EntryKind::kAcknowledgement, assignment_, rules::Acknowledgement{}, node_.feed.seq);
  let_october_end();
  auto const first = publish();
  ASSERT_TRUE(first);
  auto const unchanged = publish("nothing new");
  ASSERT_FALSE(unchanged);
  EXPECT_EQ(unchanged.error().code, "nothing_to_correct");

  ASSERT_TRUE(node_.exchange());
  EXPECT_EQ(cell(ClockKind::kAcknowledge, ClockCell::kInTimeByClock), 1u);
  auto const silent = publish();
  ASSERT_FALSE(silent);
  EXPECT_EQ(silent.error().code, "correction_without_reason");
  ASSERT_TRUE(publish("离线期间的签收记录补传"));
  auto const published = publications();
  ASSERT_EQ(published.size(), 2u);
  EXPECT_EQ(published[1].fact.publication.corrects, *first);
  EXPECT_EQ(published[1].reason, "离线期间的签收记录补传");
  auto const changes = web::changes_view(published[0].figures, published[1].figures);
  auto const& withdrawn = changes.at("withdrawn").as_array();
  ASSERT_EQ(withdrawn.size(), 1u) << "E3: the breach that was published is taken back by name";
  EXPECT_EQ(withdrawn[0].at("clock").as_string(), "acknowledge");
  bool told = false;
  for (auto const& figure : changes.at("figures").as_array()) {
    if (figure.at("path").as_string() != "clocks.acknowledge.cells.overdue") continue;
    told = figure.at("before").to_number<int>() == 1 && figure.at("after").to_number<int>() == 0;
  }
  EXPECT_TRUE(told);
}

TEST_F(AssessmentsOf, AnOutageThatBothSawStandsApart) {
  ASSERT_TRUE(node_.exchange());
  auto const down = world_.now;
  world_.pass(1min);
  auto const later = world_.dispatched("BH");
  world_.pass(3h);
  ASSERT_TRUE(world_.store.with_unit(unit_.id, [&](UnitWork& work) -> Result<void> {
    work.append_entry(EntryKind::kOutageSeen, {}, rules::OutageSeen{rules::OutageView::kNodeSilent, down, world_.now},
                      world_.now);
    return {};
  }));
  ASSERT_TRUE(node_.exchange());
  world_.pass(1min);
  for (auto const id : {assignment_, later}) {
    node_.act(EntryKind::kAcknowledgement, id, rules::Acknowledgement{}, node_.feed.seq);
  }
  ASSERT_TRUE(node_.exchange());
  EXPECT_EQ(cell(ClockKind::kAcknowledge, ClockCell::kLateProven), 1u) << "it had come before";
  EXPECT_EQ(cell(ClockKind::kAcknowledge, ClockCell::kOnDelivery), 1u)
      << "the node logged nothing: it may have been off";
  node_.act(EntryKind::kOutage, {},
            rules::LinkOutage{exactly(down + 1min), exactly(down + 179min), 40, rules::OutageCause::kUnreachable},
            node_.feed.seq);
  ASSERT_TRUE(node_.exchange());
  EXPECT_EQ(cell(ClockKind::kAcknowledge, ClockCell::kOutage), 1u);
  EXPECT_EQ(cell(ClockKind::kAcknowledge, ClockCell::kOnDeliveryOutage), 1u);
}

// ---- supervision and vetoes -----------------------------------------------------------------------------------------

TEST_F(AssessmentsOf, AVetoTakesTwoPersonsAndANote) {
  ASSERT_TRUE(
      vetoes_.note(StaffId{1}, world_.fresh(), unit_.id, rules::SupervisionGround::kFraud, "编造联系记录", world_.now));
  auto const note = desk_.read(unit_.id, kOctober, world_.now)->assessment.notes.at(0).said.at;
  VetoDraft const draft{unit_.id, kOctober, note, "造成严重后果"};
  auto const groundless = vetoes_.propose(StaffId{1}, world_.fresh(), {unit_.id, kOctober, {}, "x"}, world_.now);
  EXPECT_EQ(groundless.error().code, "no_such_note");
  ASSERT_TRUE(vetoes_.propose(StaffId{1}, world_.fresh(), draft, world_.now));
  EXPECT_EQ(vetoes_.propose(StaffId{2}, world_.fresh(), draft, world_.now).error().code, "veto_pending");
  auto const id = world_.store.veto_proposals(unit_.id).at(0).id;
  EXPECT_EQ(vetoes_.rule(StaffId{1}, world_.fresh(), id, true, world_.now).error().code, "proposed_by_same_person");
  EXPECT_FALSE(desk_.read(unit_.id, kOctober, world_.now)->assessment.figures.vetoed());
  ASSERT_TRUE(vetoes_.rule(StaffId{2}, world_.fresh(), id, true, world_.now));
  auto const vetoed = desk_.read(unit_.id, kOctober, world_.now);
  ASSERT_TRUE(vetoed->assessment.figures.vetoed());
  auto const& story = vetoed->assessment.vetoes.at(0);
  EXPECT_EQ(story.fact.first, StaffId{1});
  EXPECT_EQ(story.fact.veto.second, StaffId{2});
  EXPECT_EQ(story.ground, rules::SupervisionGround::kFraud);
  EXPECT_EQ(story.cause.words.text(wire::TextTag::kReason), "编造联系记录");
  EXPECT_EQ(vetoes_.rule(StaffId{3}, world_.fresh(), id, false, world_.now).error().code, "proposal_settled");
  EXPECT_EQ(vetoes_.propose(StaffId{2}, world_.fresh(), draft, world_.now).error().code, "already_vetoed");
}

TEST_F(AssessmentsOf, ADeniedProposalLeavesNoTraceInTheFeed) {
  ASSERT_TRUE(vetoes_.note(StaffId{1}, world_.fresh(), unit_.id, rules::SupervisionGround::kErrors, "x", world_.now));
  auto const note = desk_.read(unit_.id, kOctober, world_.now)->assessment.notes.at(0).said.at;
  ASSERT_TRUE(vetoes_.propose(StaffId{1}, world_.fresh(), {unit_.id, kOctober, note, "y"}, world_.now));
  auto const head = world_.store.feed_head(unit_.id);
  ASSERT_TRUE(
      vetoes_.rule(StaffId{2}, world_.fresh(), world_.store.veto_proposals(unit_.id).at(0).id, false, world_.now));
  EXPECT_EQ(world_.store.feed_head(unit_.id), head);
}

TEST_F(AssessmentsOf, WhatFollowsAVetoKeepsItsOrder) {
  ASSERT_TRUE(vetoes_.note(StaffId{1}, world_.fresh(), unit_.id, rules::SupervisionGround::kFraud, "x", world_.now));
  auto const note = desk_.read(unit_.id, kOctober, world_.now)->assessment.notes.at(0).said.at;
  ASSERT_TRUE(vetoes_.propose(StaffId{1}, world_.fresh(), {unit_.id, kOctober, note, "y"}, world_.now));
  ASSERT_TRUE(
      vetoes_.rule(StaffId{2}, world_.fresh(), world_.store.veto_proposals(unit_.id).at(0).id, true, world_.now));
  auto const veto = desk_.read(unit_.id, kOctober, world_.now)->assessment.figures.vetoes.at(0).by;
  auto const step = [&](rules::VetoMove move) -> std::string {
    VetoStepForm const form{veto, move, "监〔2026〕7号", "2026-10-20", "evidence.fne", "说明"};
    auto const done = vetoes_.step(StaffId{2}, world_.fresh(), unit_.id, form, world_.now);
    return done ? "" : done.error().code;
  };
  EXPECT_EQ(step(rules::VetoMove::kOutcome), "no_referral");
  EXPECT_EQ(step(rules::VetoMove::kReferred), "");
  EXPECT_EQ(step(rules::VetoMove::kOutcome), "");
  EXPECT_EQ(step(rules::VetoMove::kRejected), "no_contest");
  ASSERT_TRUE(node_.exchange());
  node_.act(EntryKind::kVetoContest, {}, rules::VetoContest{veto}, node_.feed.seq);
  ASSERT_TRUE(node_.exchange());
  EXPECT_EQ(step(rules::VetoMove::kRejected), "");
  EXPECT_EQ(step(rules::VetoMove::kRejected), "no_contest") << "it is answered";
  EXPECT_EQ(step(rules::VetoMove::kWithdrawn), "");
  EXPECT_EQ(step(rules::VetoMove::kReferred), "veto_withdrawn");
  auto const story = desk_.read(unit_.id, kOctober, world_.now)->assessment.vetoes.at(0);
  EXPECT_EQ(story.steps.size(), 4u);
  EXPECT_EQ(story.contests.size(), 1u);
  EXPECT_FALSE(desk_.read(unit_.id, kOctober, world_.now)->assessment.figures.vetoed());
}

TEST_F(AssessmentsOf, NotesOnThePlatformsOwnPeopleStandInNoFeed) {
  OperatorNote const note{"n1", StaffId{3}, rules::SupervisionGround::kSlowData, "三日未派单", StaffId{1}, world_.now};
  ASSERT_TRUE(world_.store.add_operator_note(note));
  ASSERT_TRUE(world_.store.add_operator_note(note));
  EXPECT_EQ(world_.store.operator_notes(), (std::vector{note}));
  auto other = note;
  other.text = "x";
  EXPECT_EQ(world_.store.add_operator_note(other).error().code, "request_id_reused");
}

}  // namespace
}  // namespace fieldnode::central

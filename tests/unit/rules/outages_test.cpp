#include "sync/rules/outages.h"

#include <gtest/gtest.h>

#include "tests/unit/rules/scene.h"

namespace fieldnode::rules {
namespace {

using namespace std::chrono_literals;

UtcTime const kNine = moment("2026-10-12T09:00:00+08:00");

/// What both ends say of some hours after nine o'clock.
class Outages : public testing::Test {
 protected:
  void node_logs(TimeInterval began, TimeInterval ended) {
    state_.outages.push_back({{}, {began, ended, 40, OutageCause::kUnreachable}});
  }
  void node_logs(UtcTime from, UtcTime until) { node_logs(exactly(from), exactly(until)); }
  void centre_saw(OutageView view, UtcTime from, UtcTime until) {
    state_.outages_seen.push_back({{kFeed, 2}, {view, from, until}});
  }
  UnitState state_;
};

TEST_F(Outages, WhatBothEndsSawIsProven) {
  node_logs(kNine + 10min, kNine + 3h);
  centre_saw(OutageView::kNodeSilent, kNine, kNine + 4h);
  EXPECT_EQ(proven_outages(state_), (TimeSpans{{kNine + 10min, kNine + 3h}}));
}

TEST_F(Outages, OneEndAloneProvesNothing) {
  node_logs(kNine, kNine + 3h);
  EXPECT_TRUE(proven_outages(state_).empty()) << "a node may log what it likes";
  state_.outages.clear();
  centre_saw(OutageView::kNodeSilent, kNine, kNine + 3h);
  EXPECT_TRUE(proven_outages(state_).empty()) << "it may have been switched off";
}

TEST_F(Outages, TheCentresWordOnItselfNeedsNoSecond) {
  centre_saw(OutageView::kCentreDown, kNine, kNine + 2h);
  EXPECT_EQ(proven_outages(state_), (TimeSpans{{kNine, kNine + 2h}}));
}

TEST_F(Outages, NothingCountsBeyondTheCentresSilence) {
  node_logs(kNine, kNine + 8h);
  centre_saw(OutageView::kNodeSilent, kNine + 1h, kNine + 2h);
  centre_saw(OutageView::kNodeSilent, kNine + 5h, kNine + 6h);
  EXPECT_EQ(proven_outages(state_), (TimeSpans{{kNine + 1h, kNine + 2h}, {kNine + 5h, kNine + 6h}}))
      << "in between they exchanged";
}

TEST_F(Outages, WhatTheNodesClockDoesNotKnowIsTakenAgainstIt) {
  node_logs({kNine, kNine + 20min}, {kNine + 3h, kNine + 4h});
  centre_saw(OutageView::kNodeSilent, kNine - 1h, kNine + 9h);
  EXPECT_EQ(proven_outages(state_), (TimeSpans{{kNine + 20min, kNine + 3h}}));
}

TEST_F(Outages, AnAttemptOfUnknownTimeBeginsNothing) {
  node_logs({kNine, std::nullopt}, {kNine + 3h, std::nullopt});
  centre_saw(OutageView::kNodeSilent, kNine - 1h, kNine + 9h);
  EXPECT_TRUE(proven_outages(state_).empty());
}

TEST_F(Outages, SpansThatTouchAreOne) {
  node_logs(kNine, kNine + 1h);
  node_logs(kNine + 1h, kNine + 2h);
  centre_saw(OutageView::kNodeSilent, kNine, kNine + 4h);
  centre_saw(OutageView::kCentreDown, kNine + 90min, kNine + 3h);
  EXPECT_EQ(proven_outages(state_), (TimeSpans{{kNine, kNine + 3h}}));
}

TEST_F(Outages, AnExchangeBetweenTwoSilencesDelivers) {
  centre_saw(OutageView::kNodeSilent, kNine, kNine + 1h);
  centre_saw(OutageView::kNodeSilent, kNine + 1h, kNine + 2h);
  EXPECT_FALSE(was_unreachable(state_, kNine + 30min, kNine + 90min)) << "it came at ten";
  EXPECT_TRUE(was_unreachable(state_, kNine + 10min, kNine + 50min));
  EXPECT_FALSE(was_unreachable(state_, kNine + 10min, kNine + 1h)) << "it came in the moment of due";
  EXPECT_FALSE(was_unreachable(state_, kNine - 1min, kNine + 50min)) << "dispatched while they still exchanged";
  EXPECT_FALSE(was_unreachable(state_, kNine, kNine + 50min)) << "it may have come with the last exchange";
}

}  // namespace
}  // namespace fieldnode::rules

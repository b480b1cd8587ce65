#include "node/office/outage_watch.h"

#include <gtest/gtest.h>

#include "node/office/time_row.h"
#include "sync/rules/outages.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

using namespace std::chrono_literals;
using rules::OutageCause;

Refusal const kUnreachable{"unreachable", "no cable"};

/// A node that tries and fails, tries and reaches the centre.
class OutageWatching : public testing::Test {
 protected:
  OutageWatching() { restart(); }

  /// The program starts anew, with what lies on disk.
  void restart() {
    watch_.reset();
    time_ = std::make_unique<NodeTime>(world_.clock, engine::TimeBounds{}, load_time(world_.writer.connection()));
    watch_ = std::make_unique<OutageWatch>(
        OutageWatch::World{world_.writer, *world_.readers, *world_.store, *time_, world_.clock});
  }
  void anchor() {
    engine::SettledExchange settled;
    settled.receipt.received_at = settled.receipt.sent_at = world_.clock.truth();
    settled.round_trip.emplace(engine::read_clocks(world_.clock), world_.clock.since_boot());
    time_->learn(settled);
  }
  void reach() {
    anchor();
    ASSERT_TRUE(watch_->reached());
  }
  /// Fails every minute for so long.
  void fail_for(std::chrono::minutes span, Refusal const& why = kUnreachable) {
    ASSERT_TRUE(watch_->failed(why));
    for (auto passed = 1min; passed <= span; passed += 1min) {
      world_.clock.advance(1min);
      ASSERT_TRUE(watch_->failed(why));
    }
    ASSERT_TRUE(world_.store->keep_time(time_->stamp().state));
  }
  std::vector<rules::LinkOutage> journaled() {
    lists::EntryLists lists(world_.writer.connection(), world_.vault, kUnit);
    std::vector<rules::LinkOutage> outages;
    for (auto const& entry : lists.unit_entries(wire::ListKind::kJournal, rules::EntryKind::kOutage)) {
      outages.push_back(std::get<rules::LinkOutage>(entry.skeleton.payload));
    }
    return outages;
  }

  OfficeWorld world_;
  std::unique_ptr<NodeTime> time_;
  std::unique_ptr<OutageWatch> watch_;
};

bool holds(TimeInterval const& interval, UtcTime truth) {
  return interval.earliest <= truth && interval.latest && truth <= *interval.latest;
}

TEST_F(OutageWatching, AnOutageStandsInTheJournalOnceTheCentreIsReached) {
  reach();
  world_.clock.advance(10min);
  auto const began = world_.clock.truth();
  fail_for(60min);
  auto const ended = world_.clock.truth();
  EXPECT_TRUE(journaled().empty()) << "while it lasts nobody can be told";
  world_.clock.advance(3min);
  reach();
  reach();
  auto const outages = journaled();
  ASSERT_EQ(outages.size(), 1u);
  EXPECT_TRUE(holds(outages[0].began, began));
  EXPECT_TRUE(holds(outages[0].ended, ended));
  EXPECT_EQ(outages[0].attempts, 61u);
  EXPECT_EQ(outages[0].cause, OutageCause::kUnreachable);
}

TEST_F(OutageWatching, AShortOneIsTheLifeOfAThinLink) {
  reach();
  fail_for(4min);
  reach();
  EXPECT_TRUE(journaled().empty());
  fail_for(5min);
  reach();
  EXPECT_EQ(journaled().size(), 1u);
}

TEST_F(OutageWatching, WhatTheCentreAnswersIsNoOutage) {
  reach();
  fail_for(30min, {"node_revoked", "replaced"});
  fail_for(30min, {"broken_world", "disk"});
  reach();
  EXPECT_TRUE(journaled().empty());
  fail_for(30min, {"busy", "come later"});
  reach();
  ASSERT_EQ(journaled().size(), 1u);
  EXPECT_EQ(journaled()[0].cause, OutageCause::kRefused);
}

TEST_F(OutageWatching, ANodeThatIsOffTriesNothing) {
  reach();
  fail_for(30min);
  world_.clock.advance(14h);  // asleep, or the program stopped
  fail_for(30min);
  reach();
  auto const outages = journaled();
  ASSERT_EQ(outages.size(), 2u) << "the night in between is no outage";
  EXPECT_GE(outages[1].began.earliest - *outages[0].ended.latest, 13h);
}

TEST_F(OutageWatching, ItSurvivesARestartOfTheProgram) {
  reach();
  auto const began = world_.clock.truth();
  fail_for(30min);
  restart();
  world_.clock.advance(2min);
  fail_for(30min);
  reach();
  auto const outages = journaled();
  ASSERT_EQ(outages.size(), 1u);
  EXPECT_TRUE(holds(outages[0].began, began));
  EXPECT_GE(outages[0].ended.earliest - *outages[0].began.latest, 60min);
}

TEST_F(OutageWatching, APowerCutEndsARunAndItsMomentsStayKnown) {
  reach();
  fail_for(30min);
  auto const off = world_.clock.truth();
  world_.clock.reboot(12h, utc_from_ms(0));
  restart();
  auto const on = world_.clock.truth();
  fail_for(30min);
  auto const ended = world_.clock.truth();
  reach();
  auto const outages = journaled();
  ASSERT_EQ(outages.size(), 2u);
  EXPECT_TRUE(holds(outages[0].ended, off)) << "its clock was anchored";
  EXPECT_TRUE(holds(outages[1].began, on)) << "the anchor of now is carried back to before it";
  EXPECT_TRUE(holds(outages[1].ended, ended));
  EXPECT_LE(*outages[1].began.latest - outages[1].began.earliest, 2min);
}

TEST_F(OutageWatching, ARunBetweenTwoPowerCutsIsKnownToLieBetweenThem) {
  reach();
  fail_for(10min);
  world_.clock.reboot(3h, utc_from_ms(0));
  restart();
  auto const began = world_.clock.truth();
  fail_for(30min);
  auto const ended = world_.clock.truth();
  world_.clock.reboot(2h, utc_from_ms(0));
  restart();
  fail_for(10min);
  reach();
  auto const outages = journaled();
  ASSERT_EQ(outages.size(), 3u);
  EXPECT_TRUE(holds(outages[1].began, began)) << "the floor says not before, the next run says not after";
  EXPECT_TRUE(holds(outages[1].ended, ended));
}

TEST_F(OutageWatching, BothEndsProveIt) {
  reach();
  auto const silent_from = world_.clock.truth();
  world_.clock.advance(1min);
  fail_for(120min);
  world_.clock.advance(1min);
  auto const silent_until = world_.clock.truth();
  reach();
  rules::UnitState state;
  for (auto const& outage : journaled()) state.outages.push_back({{}, outage});
  state.outages_seen.push_back({{}, {rules::OutageView::kNodeSilent, silent_from, silent_until}});
  auto const proven = rules::proven_outages(state);
  ASSERT_EQ(proven.size(), 1u);
  EXPECT_GE(proven[0].until - proven[0].from, 119min);
  EXPECT_LE(proven[0].until - proven[0].from, 120min);
}

TEST(OutageCauses, AreToldFromTheCodes) {
  EXPECT_EQ(cause_of("unreachable"), OutageCause::kUnreachable);
  EXPECT_EQ(cause_of("connection_lost"), OutageCause::kBroken);
  EXPECT_EQ(cause_of("http_error"), OutageCause::kRefused);
  EXPECT_EQ(cause_of("redirected"), OutageCause::kBroken);
  EXPECT_EQ(cause_of("centre_cannot_save"), OutageCause::kRefused);
  EXPECT_EQ(cause_of("storage_failed"), OutageCause::kNone) << "this machine's own disk is no outage of the link";
  EXPECT_EQ(cause_of("journal_fork"), OutageCause::kNone);
}

}  // namespace
}  // namespace fieldnode::office

#include "node/office/clock_journal.h"

#include <gtest/gtest.h>

#include "node/office/time_row.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

using rules::AnomalyKind;

std::vector<rules::Anomaly> anomalies_in(OfficeWorld& world) {
  lists::EntryLists lists(world.writer.connection(), world.vault, kUnit);
  std::vector<rules::Anomaly> anomalies;
  for (std::uint64_t seq = 1; seq <= world.journal_seq(); ++seq) {
    auto const entry = lists.entry_at(wire::ListKind::kJournal, {kJournalEpoch, seq});
    auto const* const anomaly = std::get_if<rules::Anomaly>(&entry->skeleton.payload);
    if (anomaly != nullptr) anomalies.push_back(*anomaly);
  }
  return anomalies;
}

TEST(ClockJournal, AStepStandsInTheJournalOnce) {
  OfficeWorld world;
  NodeTime time(world.clock, {}, {});
  journal_clocks(*world.store, time);
  EXPECT_TRUE(anomalies_in(world).empty()) << "clocks that do nothing are not told";
  world.clock.set_wall(world.clock.wall() - std::chrono::hours(2));
  journal_clocks(*world.store, time);
  journal_clocks(*world.store, time);
  EXPECT_EQ(anomalies_in(world), (std::vector{rules::Anomaly{AnomalyKind::kWallStep, -7'200'000, 0}}));
}

TEST(ClockJournal, ABootBetweenTwoRunsIsSeenFromWhatWasKept) {
  OfficeWorld world;
  NodeTime before(world.clock, {}, {});
  ASSERT_TRUE(world.store->keep_time(before.stamp().state));
  world.clock.reboot(std::chrono::hours(5), utc_from_ms(0));
  NodeTime after(world.clock, {}, load_time(world.writer.connection()));
  journal_clocks(*world.store, after);
  EXPECT_EQ(anomalies_in(world), (std::vector{rules::Anomaly{AnomalyKind::kReboot, 0, 0}}));
}

TEST(ClockJournal, APauseBetweenTwoRunsOfOneBootWidensTheInterval) {
  OfficeWorld world;
  NodeTime before(world.clock, {}, {});
  engine::SettledExchange settled;
  settled.receipt.received_at = settled.receipt.sent_at = world.clock.truth();
  settled.round_trip.emplace(engine::read_clocks(world.clock), world.clock.since_boot());
  before.learn(settled);
  ASSERT_TRUE(world.store->keep_time(before.stamp().state));
  world.clock.pause(std::chrono::minutes(40));
  NodeTime after(world.clock, {}, load_time(world.writer.connection()));
  EXPECT_GE(after.now().interval.latest.value(), world.clock.truth());
}

}  // namespace
}  // namespace fieldnode::office

#include <gtest/gtest.h>

#include "tests/unit/lists/lists_world.h"

namespace fieldnode::lists {
namespace {

using rules::EntryKind;
using wire::ListKind;

constexpr AssignmentId kOne{1};
constexpr AssignmentId kTwo{0xFFFFFFFFFFFFFFFE};

/// A unit with two assignments, entries on the unit as a whole, and acts after the last feed entry.
class UnitReplayed : public testing::Test {
 protected:
  UnitReplayed() {
    city_.handle(kOne);
    city_.say(ListKind::kFeed, new_entry(EntryKind::kPolicy, {}, rules::PolicyVersion{"2026-1"}));
    city_.say(ListKind::kJournal,
              new_entry(EntryKind::kStaffChange, {}, rules::StaffChange{StaffId{4}, rules::StaffRole::kClerk, false}));
    city_.handle(kTwo);
    city_.say(ListKind::kFeed, new_entry(EntryKind::kCalendar, {}, rules::CalendarVersion{"2026"}));
    city_.say(ListKind::kJournal, new_entry(EntryKind::kAnomaly, {}, rules::Anomaly{rules::AnomalyKind::kReboot, 12}));
    city_.say(ListKind::kJournal, new_entry(EntryKind::kNote, kOne, rules::Note{}));
  }

  /// The rules' own replay of everything up to two places, loaded at once.
  [[nodiscard]] rules::UnitState at_once(std::uint64_t feed_upto, std::uint64_t acts_upto) {
    return rules::replay(placed(kFeed, feed_upto), placed(kJournal, acts_upto), rules::EpochOrder(kJournal.epoch));
  }
  [[nodiscard]] std::vector<rules::Placed> placed(wire::ListName const& list, std::uint64_t upto) {
    std::vector<rules::Placed> entries;
    for (std::uint64_t seq = 1; seq <= upto; ++seq) {
      auto const entry = city_.centre.lists.entry_at(list.kind, {list.epoch, seq}).value();
      entries.push_back({entry.at, entry.skeleton});
    }
    return entries;
  }

  TwoEnds city_;
};

TEST_F(UnitReplayed, IsTheRulesReplayOfAllEntries) {
  auto const feed = city_.centre.lists.head(ListKind::kFeed)->seq;
  auto const acts = city_.centre.lists.head(ListKind::kJournal)->seq;
  auto const state = city_.centre.lists.replay({}, {});
  EXPECT_EQ(state, at_once(feed, acts));
  EXPECT_EQ(state.assignments.size(), 2U);
  EXPECT_EQ(state.policies.size(), 1U);
  EXPECT_EQ(state.calendars.size(), 1U);
  EXPECT_EQ(state.staff.size(), 1U);
  EXPECT_EQ(state.anomalies.size(), 1U);
  for (auto const assignment : {kOne, kTwo}) {
    EXPECT_EQ(city_.office.lists.fold(assignment), state.assignments.at(assignment));
  }
}

TEST_F(UnitReplayed, EveryPairOfPrefixesIsTheSameAtBothEnds) {
  auto const feed_end = city_.centre.lists.head(ListKind::kFeed)->seq;
  auto const acts_end = city_.centre.lists.head(ListKind::kJournal)->seq;
  for (std::uint64_t feed = 0; feed <= feed_end; ++feed) {
    for (std::uint64_t acts = 0; acts <= acts_end; ++acts) {
      Position const feed_upto{kFeed.epoch, feed};
      Position const acts_upto{kJournal.epoch, acts};
      auto const state = city_.office.lists.replay(feed_upto, acts_upto);
      ASSERT_EQ(state, city_.centre.lists.replay(feed_upto, acts_upto)) << feed << ", " << acts;
      ASSERT_EQ(state, at_once(feed, acts)) << feed << ", " << acts;
    }
  }
}

TEST_F(UnitReplayed, APlaceInAListThatIsNotHeldStandsBeforeEverything) {
  EXPECT_EQ(city_.office.lists.replay(Position{Epoch{99}, 7}, Position{}), at_once(0, 0));
}

}  // namespace
}  // namespace fieldnode::lists

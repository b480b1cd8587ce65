#include "node/office/listing.h"

#include <gtest/gtest.h>

#include <map>

#include "node/office/projection.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

constexpr auto kDay = std::chrono::hours(24);
/// Far from the end of a day, in the days that the tally counts.
constexpr UtcTime kNoon = utc_from_ms(kStartMs);

/// Rows without lists behind them, to see how many are read and counted.
struct ListingTest : testing::Test {
  AssignmentRow row(std::uint64_t id, View view, std::optional<UtcTime> due = std::nullopt) {
    AssignmentRow made{.id = AssignmentId{id},
                       .number = "BH-2026-" + std::to_string(id),
                       .title = "幸福路路灯不亮",
                       .place = "滨河街道幸福路 8 号",
                       .view = view};
    if (due) made.due = PressingDue{.state = rules::ClockState::kRunning, .due = due};
    return made;
  }
  void put(AssignmentRow const& made) { Projection(connection).put(made); }

  std::vector<std::uint64_t> ids(ListQuery const& query) {
    std::vector<std::uint64_t> found;
    auto const page = listing.page(query);
    EXPECT_TRUE(page) << page.error().sentence;
    for (auto const& one : page->rows) found.push_back(one.id.value);
    return found;
  }

  std::string plan_of(std::string const& statement, bool has_words) {
    auto rows = connection.prepare("EXPLAIN QUERY PLAN " + statement);
    rows.bind(":due", 0).bind(":id", 0).bind(":limit", 51);
    if (has_words) rows.bind(":words", std::string_view("路"));
    std::string plan;
    for (db::Row const step : rows) plan += step.get<std::string>(3) + "\n";
    return plan;
  }

  /// What the tally says, counted one by one.
  std::uint64_t counted(std::string const& where) {
    return connection.prepare("SELECT count(*) FROM assignment WHERE " + where).one<std::uint64_t>();
  }

  db::Connection connection = migrated_in_memory();
  Listing listing{connection};
};

TEST_F(ListingTest, NoListSortsOrReadsMoreThanItShows) {
  for (auto const view : {View::kAll, View::kOpen, View::kWaiting, View::kEnded}) {
    for (auto const clearance : {Clearance::kGeneral, Clearance::kConfidential}) {
      for (bool const has_words : {false, true}) {
        auto const plan = plan_of(page_statement(view, clearance, has_words), has_words);
        EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
        EXPECT_EQ(plan.find("SCAN"), std::string::npos) << plan;
        std::string const index = has_words                               ? "assignment_by_words"
                                  : clearance == Clearance::kConfidential ? "assignment_by_due"
                                                                          : "assignment_shown_by_due";
        EXPECT_NE(plan.find(index + " (view=? AND due_at>?)"), std::string::npos) << plan;
      }
    }
  }
}

TEST_F(ListingTest, PagesThroughAllViewsAtOnceInTheOrderOfWhatIsDue) {
  for (std::uint64_t id = 1; id <= 30; ++id) {
    auto const view = static_cast<View>(1 + id % 3);
    put(row(id, view, view == View::kOpen ? std::optional(kNoon + std::chrono::hours(100 - id)) : std::nullopt));
  }
  std::vector<std::uint64_t> all;
  ListQuery query{.view = View::kAll, .limit = 7};
  do {
    auto const page = listing.page(query).value();
    for (auto const& one : page.rows) all.push_back(one.id.value);
    query.after = page.next;
  } while (!query.after.empty());
  ASSERT_EQ(all.size(), 30U);
  EXPECT_EQ(all.at(0), 30U) << "the earliest due instant";
  EXPECT_EQ(all.at(9), 3U) << "the latest";
  EXPECT_EQ(all.at(10), 1U) << "without a due instant, by id";
  EXPECT_EQ(std::set(all.begin(), all.end()).size(), 30U);
}

TEST_F(ListingTest, TheTallyFollowsEveryChangeOfARow) {
  SeededRandom random{2026};
  for (int round = 0; round < 400; ++round) {
    auto made = row(1 + random.below(40), static_cast<View>(1 + random.below(3)));
    if (random.below(3) != 0) {
      made.due =
          PressingDue{.state = rules::ClockState::kRunning, .due = kNoon + std::chrono::hours(random.below(200))};
      made.due->held = random.below(4) == 0;
    }
    made.confidential = made.id.value % 5 == 0;
    put(made);
  }
  for (auto const& [clearance, seen] : std::map<Clearance, std::string>{{Clearance::kGeneral, " AND confidential = 0"},
                                                                        {Clearance::kConfidential, ""}}) {
    for (auto const view : {View::kOpen, View::kWaiting, View::kEnded}) {
      EXPECT_EQ(listing.count(view, clearance), counted("view = " + std::to_string(static_cast<int>(view)) + seen));
    }
    EXPECT_EQ(listing.count(View::kAll, clearance), counted("1" + seen));
    for (auto const moment : {kNoon, kNoon + kDay, kNoon + 3 * kDay + std::chrono::minutes(1), kNoon + 30 * kDay}) {
      EXPECT_EQ(listing.count_due_before(moment, clearance),
                counted("view = 1 AND due_held = 0 AND due_at < " + std::to_string(ms_of(moment)) + seen));
    }
  }
  EXPECT_EQ(connection.prepare("SELECT count(*) FROM assignment_tally WHERE assignments <= 0").one<int>(), 0);
}

TEST_F(ListingTest, FindsWordsWhereverTheyStandFromOneCharacterUp) {
  put(row(1, View::kOpen));
  auto other = row(2, View::kWaiting);
  other.title = "小区停水";
  other.place = "东风里";
  put(other);
  auto const found = [&](std::string words, View view = View::kAll) {
    return ids({.view = view, .words = std::move(words)});
  };
  EXPECT_EQ(found("水"), std::vector<std::uint64_t>{2});
  EXPECT_EQ(found("福路路灯"), std::vector<std::uint64_t>{1});
  EXPECT_EQ(found("东风里"), std::vector<std::uint64_t>{2});
  EXPECT_EQ(found("bh-2026"), (std::vector<std::uint64_t>{1, 2})) << "letters of either size";
  EXPECT_EQ(found("2026-2"), std::vector<std::uint64_t>{2});
  EXPECT_EQ(found("停水", View::kOpen), std::vector<std::uint64_t>{});
  EXPECT_EQ(found("%"), std::vector<std::uint64_t>{}) << "no sign means anything but itself";
}

TEST_F(ListingTest, ASearchCountsWhatItFindsAndStopsWhereNobodyReadsOn) {
  for (std::uint64_t id = 1; id <= 1'100; ++id) put(row(id, View::kOpen, kNoon + std::chrono::minutes(id)));
  auto const total = [&](std::string words, std::size_t limit) {
    ListQuery const query{.limit = limit, .words = std::move(words)};
    auto const page = listing.page(query).value();
    return listing.total(query, page);
  };
  EXPECT_EQ(total("2026-110", 50).count, 2U) << "110 and 1100, all on the first page";
  EXPECT_EQ(total("2026-5", 20).count, 111U);
  EXPECT_FALSE(total("2026-5", 20).is_least);
  EXPECT_EQ(total("路灯", 20).count, 1'000U);
  EXPECT_TRUE(total("路灯", 20).is_least);
}

TEST_F(ListingTest, WhatIsConfidentialIsShownAndCountedForSupervisorsOnly) {
  put(row(1, View::kOpen, kNoon));
  auto secret = row(2, View::kOpen, kNoon - kDay);
  secret.confidential = true;
  secret.trouble = Trouble::kAwaitsRuling;
  put(secret);
  for (std::string const& words : {std::string(), std::string("路灯")}) {
    for (auto const view : {View::kOpen, View::kAll}) {
      EXPECT_EQ(ids({.view = view, .words = words}), std::vector<std::uint64_t>{1});
      EXPECT_EQ(ids({.view = view, .clearance = Clearance::kConfidential, .words = words}),
                (std::vector<std::uint64_t>{2, 1}));
    }
  }
  EXPECT_EQ(listing.count(View::kOpen, Clearance::kGeneral), 1U);
  EXPECT_EQ(listing.count(View::kOpen, Clearance::kConfidential), 2U);
  EXPECT_EQ(listing.count_due_before(kNoon, Clearance::kGeneral), 0U);
  EXPECT_EQ(listing.count_due_before(kNoon, Clearance::kConfidential), 1U);
  EXPECT_EQ(listing.count_trouble(Trouble::kAwaitsRuling, Clearance::kGeneral), 0U);
  EXPECT_EQ(listing.count_trouble(Trouble::kAwaitsRuling, Clearance::kConfidential), 1U);
}

}  // namespace
}  // namespace fieldnode::office

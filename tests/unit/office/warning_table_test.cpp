#include "node/office/warning_table.h"

#include <gtest/gtest.h>

#include "node/office/projection.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

using namespace std::chrono_literals;
using rules::ClockKind;

constexpr AssignmentId kLamp{5};
constexpr UtcTime kNine = utc_from_ms(kStartMs);

/// Rows as the projection makes them, of one assignment.
struct WarningTableTest : testing::Test {
  static rules::Warning warning(ClockKind clock, UtcTime due) {
    return {.clock = clock, .due = due, .raised_at = due - 30min, .escalated_at = due - 10min};
  }
  void put(std::vector<rules::Warning> warnings, StaffId staff = {}) {
    AssignmentRow row{.id = kLamp, .number = "BH-5", .view = View::kOpen, .staff = staff};
    row.warnings = std::move(warnings);
    Projection(connection).put(row);
  }
  std::uint64_t told(std::string const& column, ClockKind clock) {
    auto rows = connection.prepare("SELECT " + column + " FROM warning WHERE clock = :clock");
    return rows.bind(":clock", static_cast<int>(clock)).one<std::uint64_t>();
  }

  /// As the desk does.
  void tell(UtcTime at) {
    auto const telling = table.begin_telling();
    while (table.tell(telling, at, 1)) {
    }
  }

  db::Connection connection = migrated_in_memory();
  WarningTable table{connection};
};

TEST_F(WarningTableTest, HoldsWhatTheRowSaysAndNothingElse) {
  std::vector const both{warning(ClockKind::kAcknowledge, kNine + 2h), warning(ClockKind::kContact, kNine + 80h)};
  put(both);
  EXPECT_EQ(table.of(kLamp), both);
  EXPECT_EQ(Projection(connection).find(kLamp)->warnings, both);
  put({both.at(1)});
  EXPECT_EQ(table.of(kLamp), std::vector{both.at(1)});
  put({});
  EXPECT_TRUE(table.of(kLamp).empty());
}

TEST_F(WarningTableTest, EverythingThatIsDueToBeToldIsOneTelling) {
  put({warning(ClockKind::kAcknowledge, kNine + 2h), warning(ClockKind::kContact, kNine + 2h)});
  EXPECT_FALSE(table.has_untold(kNine + 89min));
  ASSERT_TRUE(table.has_untold(kNine + 90min));
  tell(kNine + 90min);
  EXPECT_EQ(table.last_telling(), 1U);
  EXPECT_EQ(told("raised_in", ClockKind::kAcknowledge), 1U);
  EXPECT_EQ(told("raised_in", ClockKind::kContact), 1U);
  EXPECT_EQ(told("escalated_in", ClockKind::kContact), 0U);
  EXPECT_FALSE(table.has_untold(kNine + 90min)) << "once";
  ASSERT_TRUE(table.has_untold(kNine + 110min));
  tell(kNine + 110min);
  EXPECT_EQ(told("raised_in", ClockKind::kContact), 1U);
  EXPECT_EQ(told("escalated_in", ClockKind::kContact), 2U);
}

TEST_F(WarningTableTest, WhatWasToldStaysToldUntilSomethingIsNew) {
  auto one = warning(ClockKind::kContact, kNine + 2h);
  put({one});
  tell(kNine + 2h);
  put({one});
  EXPECT_FALSE(table.has_untold(kNine + 2h));

  put({one}, StaffId{7});
  ASSERT_TRUE(table.has_untold(kNine + 2h)) << "it is somebody else's now";
  tell(kNine + 2h);
  EXPECT_EQ(told("raised_in", ClockKind::kContact), 2U);
  EXPECT_EQ(told("escalated_in", ClockKind::kContact), 1U) << "supervisors know of it";

  one.due += 24h;
  one.raised_at += 24h;
  *one.escalated_at += 24h;
  put({one}, StaffId{7});
  EXPECT_FALSE(table.has_untold(kNine + 20h));
  EXPECT_TRUE(table.has_untold(kNine + 26h)) << "due anew, told anew";
}

TEST_F(WarningTableTest, ARefusedApplicationIsToldAgain) {
  auto pending = warning(ClockKind::kResolve, kNine + 2h);
  pending.held = true;
  pending.escalated_at.reset();
  put({pending});
  tell(kNine + 3h);
  EXPECT_EQ(told("escalated_in", ClockKind::kResolve), 0U) << "no supervisor is troubled";
  put({warning(ClockKind::kResolve, kNine + 2h)});
  ASSERT_TRUE(table.has_untold(kNine + 3h));
  tell(kNine + 3h);
  EXPECT_EQ(told("raised_in", ClockKind::kResolve), 2U);
  EXPECT_EQ(told("escalated_in", ClockKind::kResolve), 2U);
}

TEST_F(WarningTableTest, KnowsWhenItWillLookOtherwise) {
  EXPECT_EQ(table.next_change(kNine), std::nullopt);
  put({warning(ClockKind::kAcknowledge, kNine + 2h), warning(ClockKind::kContact, kNine + 80h)});
  EXPECT_EQ(table.next_change(kNine), kNine + 90min) << "told to whoever has it";
  tell(kNine + 90min);
  EXPECT_EQ(table.next_change(kNine + 90min), kNine + 110min) << "goes up";
  tell(kNine + 110min);
  EXPECT_EQ(table.next_change(kNine + 110min), kNine + 2h + 1s) << "passes when the second of due is over";
  EXPECT_EQ(table.next_change(kNine + 2h), kNine + 2h + 1s);
  EXPECT_EQ(table.next_change(kNine + 2h + 1s), kNine + 80h - 30min);
}

TEST_F(WarningTableTest, APersonHearsOfATellingOnce) {
  StaffId const clerk{7};
  EXPECT_EQ(table.heard_by(clerk), 0U);
  EXPECT_TRUE(table.note_heard(clerk, 3));
  EXPECT_FALSE(table.note_heard(clerk, 3)) << "another tab was first";
  EXPECT_FALSE(table.note_heard(clerk, 2));
  EXPECT_TRUE(table.note_heard(clerk, 4));
  EXPECT_EQ(table.heard_by(clerk), 4U);
  EXPECT_TRUE(table.note_heard(StaffId{8}, 1));
}

}  // namespace
}  // namespace fieldnode::office

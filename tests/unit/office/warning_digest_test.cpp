#include "node/office/warning_digest.h"

#include <gtest/gtest.h>

#include <map>

#include "node/office/deliveries.h"
#include "node/office/projection.h"
#include "node/office/warning_table.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

using namespace std::chrono_literals;
using rules::ClockKind;
using rules::StaffRole;
using rules::WarningState;

constexpr UtcTime kNine = utc_from_ms(kStartMs);  // Monday
constexpr WarningReader kClerk{StaffId{7}, StaffRole::kClerk};
constexpr WarningReader kSupervisor{StaffId{9}, StaffRole::kSupervisor};

rules::TimeEvidence known_to_be(UtcTime at) { return {rules::ClockClass::kAnchored, exactly(at), at, 1}; }

using Counts = std::map<std::pair<WarningState, ClockKind>, std::uint64_t>;

Counts counts_of(WarningDigest const& digest) {
  Counts counts;
  for (auto const& group : digest) counts[{group.state, group.clock}] = group.total.count;
  return counts;
}

/// Assignments made by chance, their warnings by the rules.
struct WarningDigestTest : testing::Test {
  AssignmentRow put(std::uint64_t id, rules::AssignmentState const& state, std::optional<UtcTime> delivered_at = {}) {
    AssignmentRow row{.id = AssignmentId{id}, .number = "BH-" + std::to_string(id), .title = "路灯不亮"};
    row.view = View::kOpen;
    row.confidential = state.dispatch.confidential;
    row.staff = state.staff ? state.staff->to : StaffId{};
    auto const clocks = rules::clocks_of(state, book.policy, book.calendar).value();
    row.warnings = rules::warnings_of(state, clocks, {book.policy, book.calendar, delivered_at});
    Projection(connection).put(row);
    rows.push_back(row);
    return row;
  }
  /// A plain complaint, nothing done yet.
  static rules::AssignmentState dispatched(UtcTime at, StaffId staff = {}) {
    rules::AssignmentState state;
    state.dispatched_by = {Epoch{1}, 1};
    state.dispatched_at = at;
    state.dispatch.category = rules::Category::kA2;
    state.dispatch.kind = rules::CaseKind::kComplaint;
    if (staff) state.staff = rules::StaffFact{{}, staff, {}};
    return state;
  }
  void put_by_chance(std::uint64_t id) {
    auto state = dispatched(kNine - std::chrono::minutes(random.below(14'000)), StaffId{random.below(4) * 7 % 16});
    state.dispatch.confidential = random.below(6) == 0;
    if (random.below(2) == 0) state.acknowledged = rules::Mark{};
    if (random.below(5) == 0) state.pending_extension = rules::TimeApplication{{}, 2};
    std::optional<UtcTime> delivered_at;
    if (random.below(4) == 0) delivered_at = state.dispatched_at + std::chrono::minutes(random.below(9'000));
    put(id, state, delivered_at);
  }

  void tell(UtcTime at) {
    WarningTable table(connection);
    EXPECT_FALSE(table.tell(table.begin_telling(), at, 100));
  }

  WarningsOfOne read(WarningReader const& reader, rules::TimeEvidence const& now) {
    return WarningDigests(connection, now, book.policy, book.calendar).of(reader);
  }
  WarningsOfOne read(WarningReader const& reader, UtcTime at) { return read(reader, known_to_be(at)); }

  /// What stands by the rules, gone through one by one.
  template <class Counted>
  Counts counted(rules::TimeEvidence const& now, Counted const& is_counted) {
    Counts counts;
    for (auto const& row : rows) {
      for (auto const& warning : row.warnings) {
        auto const state = rules::state_of(warning, now);
        if (state != WarningState::kQuiet && is_counted(row, warning)) ++counts[{state, warning.clock}];
      }
    }
    return counts;
  }

  db::Connection connection = migrated_in_memory();
  rules::RuleBook book = rules::built_in_rule_book();
  SeededRandom random{20260302};
  std::vector<AssignmentRow> rows;
};

TEST_F(WarningDigestTest, CountsWhatTheRulesSayForEachPersonAtAnyTime) {
  for (std::uint64_t id = 1; id <= 400; ++id) put_by_chance(id);
  for (int round = 0; round < 60; ++round) {
    auto const at = kNine - 48h + std::chrono::minutes(random.below(9'000));
    auto now = known_to_be(at);
    now.interval.earliest -= std::chrono::minutes(random.below(200));
    if (random.below(3) == 0) now.interval.latest.reset();
    SCOPED_TRACE(rules::format_moment(at));
    EXPECT_EQ(counts_of(read(kClerk, now).own), counted(now, [](auto const& row, auto const&) {
                return !row.confidential && (!row.staff || row.staff == kClerk.staff);
              }));
    auto const supervisor = read(kSupervisor, now);
    EXPECT_EQ(counts_of(supervisor.own), counted(now, [](auto const& row, auto const&) {
                return row.staff == kSupervisor.staff || (!row.staff && row.confidential);
              }));
    EXPECT_EQ(counts_of(*supervisor.escalated), counted(now, [&](auto const& row, rules::Warning const& warning) {
                if (row.staff == kSupervisor.staff || (!row.staff && row.confidential)) return false;
                auto const has_passed = rules::state_of(warning, now) != WarningState::kDueSoon;
                return warning.escalated_at && (has_passed || *warning.escalated_at <= rules::warning_time(now));
              }));
  }
}

TEST_F(WarningDigestTest, NamesTheFirstFewByDue) {
  for (std::uint64_t id = 1; id <= 5; ++id) put(id, dispatched(kNine - std::chrono::minutes(60 + id)));
  put(6, dispatched(kNine - 10h), kNine - 9h);
  auto const warnings = read(kClerk, kNine + 90min);
  ASSERT_EQ(warnings.own.size(), 1U) << "the days of the other limits are not near";
  auto const& group = warnings.own.front();
  EXPECT_EQ(group.state, WarningState::kOverdue);
  EXPECT_EQ(group.clock, ClockKind::kAcknowledge);
  EXPECT_EQ(group.total.count, 6U);
  ASSERT_EQ(group.first.size(), 3U);
  EXPECT_EQ(group.first.at(0).assignment, AssignmentId{6});
  EXPECT_EQ(group.first.at(1).assignment, AssignmentId{5});
  EXPECT_EQ(group.first.at(1).number, "BH-5");
  EXPECT_EQ(group.first.at(1).due, kNine - 65min + 2h);
}

TEST_F(WarningDigestTest, TellsApartWhatWasLateOnArrival) {
  put(1, dispatched(kNine - 10h));
  put(2, dispatched(kNine - 10h), kNine - 1h);
  Deliveries(connection).keep(AssignmentId{2}, kNine - 1h);
  auto const warnings = read(kClerk, kNine);
  ASSERT_EQ(warnings.own.size(), 2U);
  EXPECT_EQ(warnings.own.at(0).state, WarningState::kOverdue);
  EXPECT_EQ(warnings.own.at(1).state, WarningState::kLateOnArrival);
  EXPECT_EQ(warnings.own.at(1).first.at(0).delivered_at, kNine - 1h);
}

TEST_F(WarningDigestTest, StopsCountingWhereNobodyReadsOn) {
  for (std::uint64_t id = 1; id <= 1'050; ++id) put(id, dispatched(kNine - 3h));
  auto const group = read(kClerk, kNine).own.front();
  EXPECT_EQ(group.total.count, 1'000U);
  EXPECT_TRUE(group.total.is_least);
}

TEST_F(WarningDigestTest, NewsIsWhatCameUpSinceThePersonLastHeard) {
  WarningTable table(connection);
  put(1, dispatched(kNine));
  put(2, dispatched(kNine, kClerk.staff));
  put(3, dispatched(kNine, StaffId{8}));
  EXPECT_EQ(read(kClerk, kNine + 90min).news.count, 0U) << "nothing was told";
  tell(kNine + 90min);
  EXPECT_EQ(read(kClerk, kNine + 90min).news.count, 2U) << "a colleague's is the colleague's";
  EXPECT_EQ(read(kSupervisor, kNine + 90min).news.count, 0U);
  EXPECT_TRUE(table.note_heard(kClerk.staff, 1));
  EXPECT_EQ(read(kClerk, kNine + 90min).news.count, 0U);

  tell(kNine + 110min);
  EXPECT_EQ(read(kClerk, kNine + 110min).news.count, 0U) << "that it went up is no news to clerks";
  EXPECT_EQ(read(kSupervisor, kNine + 110min).news.count, 3U);
  EXPECT_EQ(read(kSupervisor, kNine + 110min).telling, 2U);
}

TEST_F(WarningDigestTest, WhoDoesNotActIsNotTroubled) {
  put(1, dispatched(kNine - 5h));
  tell(kNine);
  for (auto const role : {StaffRole::kSystem, StaffRole::kData, StaffRole::kAuditor}) {
    auto const warnings = read({StaffId{3}, role}, kNine);
    EXPECT_TRUE(warnings.own.empty());
    EXPECT_FALSE(warnings.escalated);
    EXPECT_EQ(warnings.news.count, 0U);
  }
}

TEST_F(WarningDigestTest, OnlyNumbersAreLeftForAScreenThatNobodyWatches) {
  put(1, dispatched(kNine - 5h));
  auto warnings = read(kSupervisor, kNine);
  ASSERT_EQ(warnings.escalated->front().first.size(), 1U);
  warnings.keep_numbers();
  EXPECT_EQ(warnings.escalated->front().total.count, 1U);
  EXPECT_TRUE(warnings.escalated->front().first.empty());
}

}  // namespace
}  // namespace fieldnode::office

#include "node/web/assessment_view.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "node/web/assessment_query.h"
#include "node/web/assessment_table.h"
#include "sync/rules/civil.h"

namespace fieldnode::web {
namespace {

using rules::ClockCell;
using rules::ClockKind;

rules::Assessment figures_with(ClockKind clock, ClockCell cell, std::uint32_t count) {
  rules::Assessment figures;
  figures.period = period_of("2026-10-01", "2026-11-01").value();
  figures.clocks.at(static_cast<std::size_t>(clock) - 1).at(static_cast<std::size_t>(cell)) = count;
  return figures;
}

rules::ClockLine breach(std::uint64_t assignment) {
  rules::ClockLine line;
  line.assignment = AssignmentId{assignment};
  line.cell = ClockCell::kLateProven;
  line.verdict.kind = ClockKind::kAcknowledge;
  return line;
}

TEST(Snapshot, OneAssessmentHasOneText) {
  auto const figures = figures_with(ClockKind::kResolve, ClockCell::kLateProven, 2);
  std::vector const breaches{breach(7), breach(9)};
  EXPECT_EQ(snapshot_text(figures, breaches), snapshot_text(figures, breaches));
  auto const read = boost::json::parse(snapshot_text(figures, breaches));
  EXPECT_EQ(read.at_pointer("/figures/clocks/resolve/cells/late_proven").to_number<int>(), 2);
  EXPECT_EQ(read.at_pointer("/breaches/1/assignment").as_string(), "9");
}

TEST(Snapshot, NamesSoManyBreachesAndCountsTheRest) {
  std::vector<rules::ClockLine> breaches;
  for (std::uint64_t id = 1; id <= 1001; ++id) breaches.push_back(breach(id));
  auto const read = boost::json::parse(snapshot_text({}, breaches));
  EXPECT_EQ(read.at("breach_count").to_number<int>(), 1001);
  EXPECT_TRUE(read.at("breaches").as_array().empty()) << "half a list would say that the others were kept";
}

TEST(Snapshot, ACorrectionSaysBeforeAndAfter) {
  std::vector const before{breach(7), breach(9)};
  std::vector const after{breach(9), breach(11)};
  auto const changes =
      changes_view(snapshot_text(figures_with(ClockKind::kContact, ClockCell::kLateProven, 2), before),
                   snapshot_text(figures_with(ClockKind::kContact, ClockCell::kInTimeProven, 2), after));
  std::map<std::string, std::pair<int, int>> figures;
  for (auto const& figure : changes.at("figures").as_array()) {
    figures[std::string(figure.at("path").as_string())] = {figure.at("before").to_number<int>(),
                                                           figure.at("after").to_number<int>()};
  }
  EXPECT_EQ(figures, (std::map<std::string, std::pair<int, int>>{{"clocks.contact.cells.in_time_proven", {0, 2}},
                                                                 {"clocks.contact.cells.late_proven", {2, 0}},
                                                                 {"clocks.contact.in_time", {0, 2}},
                                                                 {"clocks.contact.late", {2, 0}}}));
  EXPECT_EQ(changes.at("withdrawn").at(0).at("assignment").as_string(), "7");
  EXPECT_EQ(changes.at("added").at(0).at("assignment").as_string(), "11");
}

TEST(Snapshot, WhatIsNoneBreaksTheWorld) {
  EXPECT_THROW((void)changes_view("{", snapshot_text({}, {})), BrokenWorld);
  EXPECT_THROW((void)changes_view("[]", snapshot_text({}, {})), BrokenWorld);
}

TEST(Figures, SumsAndCellsAgree) {
  auto figures = figures_with(ClockKind::kAcknowledge, ClockCell::kOutage, 3);
  figures.clocks[0][0] = 5;
  auto const apart = figures_view(figures).at("clocks").at("acknowledge");
  EXPECT_EQ(apart.at("judged").to_number<int>(), 8) << "shown apart, and counted";
  figures.outage_excuses = true;
  auto const excused = figures_view(figures).at("clocks").at("acknowledge");
  EXPECT_EQ(excused.at("judged").to_number<int>(), 5);
  EXPECT_EQ(excused.at("excused").to_number<int>(), 3);
  EXPECT_EQ(excused.at("total").to_number<int>(), 8);
}

TEST(Period, IsDaysInFixedCivilTime) {
  auto const october = period_of("2026-10-01", "2026-11-01").value();
  EXPECT_EQ(rules::format_moment(october.from), "2026-10-01T00:00:00+08:00");
  EXPECT_EQ(rules::format_moment(october.until), "2026-11-01T00:00:00+08:00");
  EXPECT_FALSE(period_of("2026-11-01", "2026-10-01"));
  EXPECT_FALSE(period_of("2026-10", "2026-11-01"));
}

// ---- tables
// ----------------------------------------------------------------------------------------------------------

AssessedUnit unit_with(rules::Assessment figures) {
  return {.code = "BH", .name = "滨湖", .figures = std::move(figures), .undelivered = 4, .last_exchange = {}};
}

TEST(AssessmentTables, EveryRowHasACellForEachColumn) {
  auto const unit = unit_with(figures_with(ClockKind::kResolve, ClockCell::kInTimeProven, 3));
  for (auto const& table : {summary_table({&unit, 1}), clock_table({&unit, 1})}) {
    ASSERT_FALSE(table.rows.empty());
    for (auto const& row : table.rows) EXPECT_EQ(row.size(), table.columns.size()) << table.name;
  }
}

sheet::Cell under(sheet::Table const& table, std::size_t row, std::string_view heading) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].heading == heading) return table.rows.at(row).at(i);
  }
  return std::string("no such column");
}

TEST(AssessmentTables, NumbersAreNumbersAndRatesShares) {
  auto figures = figures_with(ClockKind::kResolve, ClockCell::kInTimeProven, 3);
  figures.clocks[3][static_cast<std::size_t>(ClockCell::kLateProven)] = 1;
  auto const unit = unit_with(std::move(figures));
  auto const summary = summary_table({&unit, 1});
  EXPECT_EQ(under(summary, 0, "办结应计"), sheet::Cell(std::int64_t{4}));
  EXPECT_EQ(under(summary, 0, "办结按时率"), sheet::Cell(sheet::Share{0.75}));
  EXPECT_EQ(under(summary, 0, "签收按时率"), sheet::Cell(std::monostate{})) << "of nothing there is no share";
  EXPECT_EQ(under(summary, 0, "未送达条数"), sheet::Cell(std::int64_t{4}));
  auto const clocks = clock_table({&unit, 1});
  ASSERT_EQ(clocks.rows.size(), 4u);
  EXPECT_EQ(under(clocks, 3, "超期(已证明)"), sheet::Cell(std::int64_t{1}));
  EXPECT_EQ(under(clocks, 3, "合计"), sheet::Cell(std::int64_t{4}));
}

net::HttpRequest asking(std::string format, std::string table = {}) {
  net::HttpRequest request;
  request.query.emplace("format", std::move(format));
  if (!table.empty()) request.query.emplace("table", std::move(table));
  return request;
}

TEST(AssessmentFiles, AreForTheDisk) {
  auto const unit = unit_with(figures_with(ClockKind::kResolve, ClockCell::kInTimeProven, 3));
  auto const period = period_of("2026-10-01", "2026-11-01").value();
  auto const book = assessment_file(asking("xlsx"), period, {&unit, 1});
  EXPECT_EQ(book.status, 200);
  EXPECT_TRUE(book.body.starts_with("PK"));
  EXPECT_NE(book.headers.find("Content-Disposition").value_or("").find("2026-10-31"), std::string::npos);
  auto const text = assessment_file(asking("csv", "clocks"), period, {&unit, 1});
  EXPECT_TRUE(text.body.starts_with("\xEF\xBB\xBF单位代码,单位,时限,"));
  EXPECT_EQ(assessment_file(asking("ods"), period, {&unit, 1}).status, 400);
  EXPECT_EQ(assessment_file(asking("csv", "other"), period, {&unit, 1}).status, 400);
}

}  // namespace
}  // namespace fieldnode::web

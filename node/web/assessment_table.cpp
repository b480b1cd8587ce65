#include "node/web/assessment_table.h"

#include <array>
#include <numeric>

namespace fieldnode::web {
namespace {

using rules::ClockKind;
using sheet::Cell;
using sheet::Row;

struct ClockName {
  ClockKind kind;
  std::string_view zh;
};
constexpr std::array kClocks{ClockName{ClockKind::kAcknowledge, "签收"}, ClockName{ClockKind::kContact, "联系群众"},
                             ClockName{ClockKind::kReturn, "退单申请"}, ClockName{ClockKind::kResolve, "办结"}};
constexpr std::array kDuties{kClocks[0], kClocks[1], kClocks[3]};

/// In the order of `rules::ClockCell`.
constexpr std::array<std::string_view, rules::kClockCells> kCells{"按时(已证明)",
                                                                  "按时(按本机时钟)",
                                                                  "按时(裁定)",
                                                                  "无法判定",
                                                                  "超期(裁定)",
                                                                  "超期(按本机时钟)",
                                                                  "超期(已证明)",
                                                                  "超期未办",
                                                                  "超期(通信中断)",
                                                                  "送达时已超期",
                                                                  "送达时已超期(通信中断)",
                                                                  "待审核",
                                                                  "办理中",
                                                                  "暂停",
                                                                  "无需办理",
                                                                  "未申请"};

Cell number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

Cell share(std::uint32_t part, std::uint32_t whole) {
  if (whole == 0) return std::monostate{};
  return sheet::Share{static_cast<double>(part) / static_cast<double>(whole)};
}

std::uint32_t sum(std::span<std::uint32_t const> counts) { return std::accumulate(counts.begin(), counts.end(), 0U); }

void add_heading(sheet::Table& table, std::string_view text, double width = 9) {
  table.columns.push_back({std::string(text), width});
}

void add_satisfaction(Row& row, rules::SatisfactionCounts const& counts) {
  auto const asked = sum(counts.satisfied) - counts.satisfied[0];
  row.insert(row.end(), {number(counts.satisfied[1]), number(counts.satisfied[2]), number(counts.satisfied[3]),
                         share(counts.satisfied[1], asked)});
}

Row summary_of(AssessedUnit const& unit) {
  auto const& figures = unit.figures;
  Row row{unit.code, unit.name, number(figures.dispatched)};
  for (auto const& clock : kDuties) {
    auto const sums = rules::sums_of(figures.of(clock.kind), figures.outage_excuses);
    auto const& cells = figures.of(clock.kind);
    auto const outage = cells[static_cast<std::size_t>(rules::ClockCell::kOutage)] +
                        cells[static_cast<std::size_t>(rules::ClockCell::kOnDeliveryOutage)];
    row.insert(row.end(), {number(sums.judged), number(sums.in_time), share(sums.in_time, sums.judged),
                           number(sums.undetermined), number(sums.late), number(outage)});
  }
  row.insert(row.end(), {number(figures.extensions.asked), number(figures.extensions.granted),
                         number(figures.returns.asked), number(figures.returns.granted)});
  add_satisfaction(row, figures.satisfaction);
  row.insert(row.end(), {number(sum(figures.on_assignments)), number(sum(figures.on_unit)),
                         std::string(figures.vetoed() ? "是" : "否"), number(unit.undelivered),
                         unit.last_exchange ? Cell(*unit.last_exchange) : Cell()});
  return row;
}

Row cells_of(AssessedUnit const& unit, ClockName const& clock) {
  auto const& cells = unit.figures.of(clock.kind);
  Row row{unit.code, unit.name, std::string(clock.zh)};
  for (auto const count : cells) row.push_back(number(count));
  auto const sums = rules::sums_of(cells, unit.figures.outage_excuses);
  row.insert(row.end(), {number(rules::total_of(cells)), number(sums.judged), number(sums.in_time), number(sums.late),
                         number(sums.excused), share(sums.in_time, sums.judged)});
  return row;
}

}  // namespace

sheet::Table summary_table(std::span<AssessedUnit const> units) {
  sheet::Table table{"考核汇总", {{"单位代码", 10}, {"单位", 18}, {"派单数", 8}}, {}};
  for (auto const& clock : kDuties) {
    for (auto const* const what : {"应计", "按时", "按时率", "无法判定", "超期", "其中通信中断"}) {
      add_heading(table, std::string(clock.zh) + what);
    }
  }
  for (auto const* const what : {"申请延期", "批准延期", "申请退单", "批准退单", "满意", "基本满意", "不满意", "满意率",
                                 "工单督办", "单位督办", "一票否决", "未送达条数"}) {
    add_heading(table, what);
  }
  add_heading(table, "最近联通", 17);
  for (auto const& unit : units) table.rows.push_back(summary_of(unit));
  return table;
}

sheet::Table clock_table(std::span<AssessedUnit const> units) {
  sheet::Table table{"时限明细", {{"单位代码", 10}, {"单位", 18}, {"时限", 10}}, {}};
  for (auto const cell : kCells) add_heading(table, cell, 11);
  for (auto const* const what : {"合计", "应计", "按时", "超期", "免责", "按时率"}) add_heading(table, what);
  for (auto const& unit : units) {
    for (auto const& clock : kClocks) table.rows.push_back(cells_of(unit, clock));
  }
  return table;
}

}  // namespace fieldnode::web

#include "node/web/assessment_query.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "node/sheet/csv.h"
#include "node/sheet/xlsx.h"
#include "node/web/answers.h"
#include "node/web/words_json.h"
#include "sync/rules/civil.h"

namespace fieldnode::web {
namespace {

constexpr std::chrono::days kPeriodMost{3660};
constexpr std::string_view kXlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

Refusal bad_parameter(std::string_view name, std::string_view what) {
  return refuse("bad_field", fmt::format("Parameter '{}' {}.", name, what));
}

std::string file_name(rules::Period const& period, std::string_view ending) {
  auto const last = rules::day_of(period.until) - std::chrono::days(1);
  return fmt::format("考核_{}_{}.{}", rules::format_day(rules::day_of(period.from)), rules::format_day(last), ending);
}

}  // namespace

Result<rules::Period> read_period(net::HttpRequest const& request) {
  return period_of(request.query_value("from").value_or(""), request.query_value("until").value_or(""));
}

Result<rules::Period> period_of(std::string_view from, std::string_view until) {
  auto const first = rules::parse_day(from);
  if (!first) return bad_parameter("from", "must be a day such as 2026-10-01");
  auto const end = rules::parse_day(until);
  if (!end) return bad_parameter("until", "must be a day such as 2026-11-01, the first that does not belong");
  if (*end <= *first) return bad_parameter("until", "must be later than 'from'");
  if (*end - *first > kPeriodMost) return bad_parameter("until", "makes a period of over ten years");
  return rules::Period{rules::moment_on(*first, Milliseconds(0)), rules::moment_on(*end, Milliseconds(0))};
}

Result<CellName> read_cell(net::HttpRequest const& request) {
  auto const clock = read_word<rules::ClockKind>(request.query_value("clock").value_or(""));
  if (!clock) return bad_parameter("clock", "is none of acknowledge, contact, return, resolve");
  auto const cell = rules::cell_named(request.query_value("cell").value_or(""));
  if (!cell) return bad_parameter("cell", "is no cell of an assessment");
  return CellName{*clock, *cell};
}

net::HttpResponse assessment_file(net::HttpRequest const& request, rules::Period const& period,
                                  std::span<AssessedUnit const> units) {
  auto const format = request.query_value("format").value_or("xlsx");
  if (format == "xlsx") {
    std::array const tables{summary_table(units), clock_table(units)};
    return net::download_response(std::string(kXlsxType), file_name(period, "xlsx"), sheet::xlsx_of(tables));
  }
  if (format != "csv") return refusal_answer(bad_parameter("format", "is none of xlsx, csv"));
  auto const name = request.query_value("table").value_or("summary");
  if (name != "summary" && name != "clocks") {
    return refusal_answer(bad_parameter("table", "is none of summary, clocks"));
  }
  auto const table = name == "summary" ? summary_table(units) : clock_table(units);
  return net::download_response("text/csv; charset=utf-8", file_name(period, "csv"), sheet::csv_of(table));
}

}  // namespace fieldnode::web

#pragma once

#include <span>
#include <string_view>

#include "node/net/http.h"
#include "node/web/assessment_table.h"
#include "sync/base/result.h"
#include "sync/rules/assessment.h"

/// What both ends' doors of assessments read out of an address, and the files that they give.
namespace fieldnode::web {

/// `from` and `until`, days such as 2026-10-01; the period ends before `until` begins.
/// Errors: `bad_field` naming the parameter; an empty period, or one of over ten years.
[[nodiscard]] Result<rules::Period> read_period(net::HttpRequest const& request);
/// The same of two days that stood in a form. Errors: as above.
[[nodiscard]] Result<rules::Period> period_of(std::string_view from, std::string_view until);

struct CellName {
  rules::ClockKind clock{};
  rules::ClockCell cell{};
};
/// `clock` and `cell`. Errors: `bad_field` naming the parameter.
[[nodiscard]] Result<CellName> read_cell(net::HttpRequest const& request);

/// `format` xlsx: a workbook with both tables; csv: one of them, `table` summary or clocks.
/// Errors: `bad_field` for another format or table.
[[nodiscard]] net::HttpResponse assessment_file(net::HttpRequest const& request, rules::Period const& period,
                                                std::span<AssessedUnit const> units);

}  // namespace fieldnode::web

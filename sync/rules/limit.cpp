#include "sync/rules/limit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "sync/base/check.h"
#include "sync/rules/in_quotes.h"

namespace fieldnode::rules {
namespace {

constexpr std::array<std::pair<std::string_view, LimitUnit>, 4> kUnits{{
    {"h", LimitUnit::kHours},
    {"wh", LimitUnit::kWorkingHours},
    {"wd", LimitUnit::kWorkingDays},
    {"cd", LimitUnit::kCalendarDays},
}};

Refusal bad_limit(std::string_view text, std::string_view why) {
  return refuse("bad_limit", fmt::format("{} is no limit: {}; write a whole number and h, wh, wd or cd, like 5wd",
                                         in_quotes(text), why));
}

}  // namespace

Result<Limit> parse_limit(std::string_view text) {
  std::uint32_t count = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc::result_out_of_range) return bad_limit(text, "the number is too large");
  if (error != std::errc{}) return bad_limit(text, "it does not begin with a whole number");
  if (count == 0) return bad_limit(text, "there is nothing to count");
  auto const unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (unit.empty()) return bad_limit(text, "the unit is missing");
  auto const known = std::ranges::find(kUnits, unit, [](auto const& row) { return row.first; });
  if (known == kUnits.end()) return bad_limit(text, "the unit is unknown");
  return Limit{count, known->second};
}

std::string format_limit(Limit limit) {
  auto const known = std::ranges::find(kUnits, limit.unit, [](auto const& row) { return row.second; });
  check(known != kUnits.end(), "a limit in no known unit");
  return fmt::format("{}{}", limit.count, known->first);
}

}  // namespace fieldnode::rules

#include "node/web/rule_views.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <ranges>
#include <string_view>
#include <vector>

#include "sync/rules/civil.h"
#include "sync/rules/limit.h"

namespace fieldnode::web {
namespace {

using boost::json::array;
using boost::json::object;

object policy_view(rules::Policy const& policy) {
  return {{"version", policy.version},
          {"limits",
           {{"acknowledge", rules::format_limit(policy.acknowledge)},
            {"contact", rules::format_limit(policy.contact)},
            {"return", rules::format_limit(policy.return_application)},
            {"resolve", rules::format_limit(policy.resolve)},
            {"resolve_consultation", rules::format_limit(policy.resolve_consultation)}}},
          {"drift_ppm", policy.drift_ppm}};
}

object calendar_view(rules::Calendar const& calendar) {
  array notices;
  for (auto const& name : calendar.notices()) notices.emplace_back(name);
  return {{"notices", std::move(notices)},
          {"first_day", rules::format_day(calendar.first_day())},
          {"last_day", rules::format_day(calendar.end_day() - std::chrono::days(1))},
          {"provisional_from", rules::format_day(calendar.first_provisional_day())}};
}

/// The names in a calendar's version, as Calendar::version joins them.
std::vector<std::string_view> names_in(std::string_view version) {
  std::vector<std::string_view> names;
  for (auto const name : version | std::views::split('+')) {
    if (!std::ranges::empty(name)) names.emplace_back(name.begin(), name.end());
  }
  return names;
}

array only_in(std::string_view version, std::string_view other) {
  auto const others = names_in(other);
  array names;
  for (auto const name : names_in(version)) {
    if (std::ranges::find(others, name) == others.end()) names.emplace_back(name);
  }
  return names;
}

}  // namespace

object book_view(rules::RuleBook const& book) {
  return {{"policy", policy_view(book.policy)}, {"calendar", calendar_view(book.calendar)}};
}

object applied_view(rules::RulesApplied const& applied) {
  return {{"policy_before", applied.policy_before},
          {"policy_after", applied.policy_after},
          {"notices_added", only_in(applied.calendar_after, applied.calendar_before)},
          {"notices_gone", only_in(applied.calendar_before, applied.calendar_after)},
          {"earlier", applied.earlier},
          {"later", applied.later},
          {"overdue", applied.overdue}};
}

}  // namespace fieldnode::web

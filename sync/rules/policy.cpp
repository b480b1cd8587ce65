#include "sync/rules/policy.h"

#include <fmt/format.h>

#include <numeric>

#include "sync/base/check.h"

namespace fieldnode::rules {

Limit Policy::limit_of(ClockKind clock, CaseKind kind) const {
  switch (clock) {
    case ClockKind::kAcknowledge:
      return acknowledge;
    case ClockKind::kContact:
      return contact;
    case ClockKind::kReturn:
      return return_application;
    case ClockKind::kResolve:
      return kind == CaseKind::kConsultation ? resolve_consultation : resolve;
    case ClockKind::kNone:
      break;
  }
  fail_check("the limit of no clock was asked for", std::source_location::current());
}

Result<> admit_extension(ExtensionRule const& rule, Limit base, std::span<std::uint32_t const> granted,
                         std::uint32_t days) {
  if (base.unit != LimitUnit::kWorkingDays) {
    return refuse("extension_not_days",
                  fmt::format("{} cannot be extended: only a limit in working days can be", format_limit(base)));
  }
  if (days == 0) return refuse("extension_empty", "an extension of 0 days extends nothing: give one day or more");
  if (granted.size() >= rule.count_max) {
    return refuse("extension_too_many",
                  fmt::format("at most {} extensions may be granted: leave this one out", rule.count_max));
  }
  std::uint64_t const longest = std::uint64_t{base.count} * rule.each_times_base;
  if (days > longest) {
    return refuse("extension_too_long", fmt::format("an extension of {} working days is longer than {}, the most for a "
                                                    "limit of {}: ask for fewer days",
                                                    days, longest, format_limit(base)));
  }
  auto const total = std::accumulate(granted.begin(), granted.end(), std::uint64_t{base.count} + days);
  std::uint64_t const cap = std::uint64_t{base.count} * rule.total_times_base;
  if (total > cap) {
    return refuse("extension_total", fmt::format("{} with its extensions would reach {} working days, above the {} "
                                                 "allowed: ask for fewer days",
                                                 format_limit(base), total, cap));
  }
  return {};
}

}  // namespace fieldnode::rules

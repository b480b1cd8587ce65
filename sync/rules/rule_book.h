#pragma once

#include "sync/rules/calendar.h"
#include "sync/rules/policy.h"

namespace fieldnode::rules {

/// What the judge and the clocks are asked with: one policy version and one calendar. A value, so that a published
/// version takes its place as a whole.
struct RuleBook {
  Policy policy;
  Calendar calendar;
};

/// `measures-v1` and the notices that the program carries.
[[nodiscard]] RuleBook built_in_rule_book();

}  // namespace fieldnode::rules

#pragma once

#include "sync/rules/calendar_file.h"
#include "sync/rules/judge.h"
#include "sync/rules/policy.h"

/// The law of the lifecycle's tests: measures-v1 and the built-in calendar.
namespace fieldnode::rules {

[[nodiscard]] inline Calendar const& built_in_calendar() {
  static Calendar const kCalendar(built_in_notices());
  return kCalendar;
}

[[nodiscard]] inline Policy const& measures() {
  static Policy const kMeasures;
  return kMeasures;
}

[[nodiscard]] inline JudgeContext context_at(Side side, TimeInterval now) {
  return {measures(), built_in_calendar(), side, now, nullptr, nullptr, std::nullopt};
}

/// The code of a refusal, "" when there is none.
[[nodiscard]] inline std::string code_of(Result<void> const& result) { return result ? "" : result.error().code; }

}  // namespace fieldnode::rules

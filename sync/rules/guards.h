#pragma once

#include "sync/rules/judge.h"

/// The judge's guards: what must hold besides the table and the references. They alone read policy, calendar and time.
namespace fieldnode::rules {

struct GuardAnswer {
  std::optional<Refusal> refusal;
  bool undetermined{};  ///< an application that was perhaps made after its limit
};

/// Asks `guard` of `entry`. Errors (as `refusal`): the codes of `RefusalCode` for form, attempts, applications, inner
/// limits and decisions; `outside_calendar` where an instant is needed that the calendar does not reach.
[[nodiscard]] GuardAnswer ask_guard(AssignmentState const& state, Skeleton const& entry, Guard guard,
                                    JudgeContext const& context);

}  // namespace fieldnode::rules

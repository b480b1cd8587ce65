#pragma once

#include <optional>

#include "sync/rules/assignment.h"

namespace fieldnode::rules {

struct Policy;

/// D3: the failed attempt with which `unreachable` may be claimed, the third in the ordinary case; nothing before that.
/// All attempts count; the days on which they fall must include enough different working days, by the claimed time.
[[nodiscard]] std::optional<Mark> decisive_attempt(AssignmentState const& state, Policy const& policy,
                                                   Calendar const& calendar);

}  // namespace fieldnode::rules

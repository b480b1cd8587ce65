#pragma once

#include <string_view>

#include "sync/base/result.h"
#include "sync/rules/policy.h"

namespace fieldnode::rules {

/// Reads a policy in the format of schema/policy (described in schema/README.md). A field that is left out keeps its
/// value of `measures-v1`; `version` must be given. `name` stands in the refusals.
/// Errors: `bad_policy`, naming the field: syntax, an unknown field (a newer policy must not be half obeyed), a wrong
/// type, a value out of its range, an acknowledgement not in hours, a resolution not in working days.
[[nodiscard]] Result<Policy> parse_policy(std::string_view text, std::string_view name);

/// The text of `measures-v1` as the program carries it; it says what `Policy{}` holds.
[[nodiscard]] std::string_view built_in_policy_text();

}  // namespace fieldnode::rules

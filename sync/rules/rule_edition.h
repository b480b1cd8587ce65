#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "sync/rules/calendar.h"
#include "sync/rules/policy.h"
#include "sync/rules/words.h"

namespace fieldnode::rules {

/// What a city publishes at one time: a policy, or a notice on working days.
using RuleEdition = std::variant<Policy, Notice>;

/// As entries and people call it: the policy's own version, the notice's name.
[[nodiscard]] std::string version_of(RuleEdition const& edition);
/// The kind of the feed entry that brings it.
[[nodiscard]] EntryKind kind_of(RuleEdition const& edition);

/// Reads the text that an entry of `kind` (kPolicy, kCalendar) carries; `name` stands in the refusals.
/// Errors: `bad_policy`, `bad_calendar`.
[[nodiscard]] Result<RuleEdition> read_edition(EntryKind kind, std::string_view text, std::string_view name);

}  // namespace fieldnode::rules

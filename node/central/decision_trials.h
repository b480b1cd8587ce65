#pragma once

#include <map>
#include <vector>

#include "sync/base/result.h"
#include "sync/rules/assignment.h"
#include "sync/rules/rule_book.h"

namespace fieldnode::central {

/// What an operator may decide on an assignment now, and why not the rest.
struct DecisionPermissions {
  std::vector<rules::EntryKind> allowed;
  std::map<rules::EntryKind, Refusal> refused;
};

/// Asks the rules about each decision, saying as little as it can: a grant of more than the caps allow may still be
/// refused where a ruling as such is allowed. `now`: the centre's time.
[[nodiscard]] DecisionPermissions permissions_of(rules::AssignmentState const& state, rules::RuleBook const& book,
                                                 UtcTime now);

/// What an operator decides. What the centre's program says by itself (refusals, openings, ...) is no operator's
/// business. A redact is decided too, and stands in no list of what may be decided next: nobody is to be led to it.
[[nodiscard]] bool is_decidable(rules::EntryKind kind);

}  // namespace fieldnode::central

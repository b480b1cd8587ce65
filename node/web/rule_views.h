#pragma once

#include <boost/json/object.hpp>

#include "sync/rules/entry.h"
#include "sync/rules/rule_book.h"

/// What the pages of both ends show of the rules that are counted by, as JSON.
namespace fieldnode::web {

/// {"policy": {"version", "limits", ...}, "calendar": {"notices", "first_day", "last_day", "provisional_from"}}.
[[nodiscard]] boost::json::object book_view(rules::RuleBook const& book);

/// {"policy_before","policy_after","notices_added","notices_gone","earlier","later","overdue"}: both calendars are
/// named by what one has and the other has not.
[[nodiscard]] boost::json::object applied_view(rules::RulesApplied const& applied);

}  // namespace fieldnode::web

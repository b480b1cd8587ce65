#pragma once

#include <boost/json/object.hpp>

#include "node/central/decision_trials.h"
#include "node/central/store/central_store.h"
#include "sync/rules/rule_book.h"

/// What the centre's page shows of assignments, as JSON. Source: schema/openapi/central.yaml.
namespace fieldnode::central {

/// What a view of an assignment is seen with.
struct ViewContext {
  rules::RuleBook const& book;
  StaffNames const& staff;  ///< the centre's own; the unit's stand in the dossier
  UtcTime now{};
};

/// With the case, clocks, timeline in the order of the fold, what waits for an operator and what may be decided.
[[nodiscard]] boost::json::object dossier_view(AssignmentDossier const& dossier, DecisionPermissions const& permissions,
                                               ViewContext const& context);
/// A line of the list of what waits: the case, the unit, what the applications say, what presses.
[[nodiscard]] boost::json::object awaiting_view(AssignmentDossier const& dossier, ViewContext const& context);

}  // namespace fieldnode::central

#pragma once

#include <boost/json/object.hpp>

#include "node/central/store/central_store.h"
#include "sync/rules/rule_book.h"

/// What the centre's page shows of cases and assignments, as JSON. Source: schema/openapi/central.yaml.
namespace fieldnode::central {

/// Contact data only masked; null leaves it out.
[[nodiscard]] boost::json::object case_view(CaseRecord const& record, CaseContact const* contact);
[[nodiscard]] boost::json::object assignment_row_view(AssignmentRow const& row);
/// With clocks, timeline in the order of the fold, and what waits for an operator.
[[nodiscard]] boost::json::object dossier_view(AssignmentDossier const& dossier, rules::RuleBook const& book,
                                               UtcTime now);
[[nodiscard]] boost::json::object unit_overview_view(UnitOverview const& unit);

}  // namespace fieldnode::central

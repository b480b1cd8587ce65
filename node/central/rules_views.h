#pragma once

#include <boost/json/object.hpp>

#include "node/central/rules_desk.h"

/// What the centre shows of policies and calendars, as JSON. Source: schema/openapi/central.yaml.
namespace fieldnode::central {

[[nodiscard]] boost::json::object publication_view(RuleRecord const& record, StaffNames const& staff);
[[nodiscard]] boost::json::object proposal_view(RuleProposal const& proposal, StaffNames const& staff);
[[nodiscard]] boost::json::object trial_view(RuleTrial const& trial);
/// By which rules a unit's node says that it counts; null before it has followed any.
[[nodiscard]] boost::json::value applied_by_view(std::optional<lists::StoredEntry> const& entry);

}  // namespace fieldnode::central

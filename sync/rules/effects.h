#pragma once

#include "sync/rules/assignment.h"

/// What an entry changes in the facts, once the table and its references allow it.
namespace fieldnode::rules {

/// An act or decision in a cell that takes it. Settlement, adopt and the verdicts on acts have no effect here: they are
/// the fold's own business.
void apply_effect(AssignmentState& state, Placed const& entry);

/// An act that an operator ruled in (settlement "stands", adopt): no table is asked. It never undoes the end, renews no
/// application after it, and moves a time only to an earlier claim: that is what an adopted act proves.
void apply_ruled_in(AssignmentState& state, Placed const& act);

/// The record of the act at exactly `at`; null if there is none.
[[nodiscard]] ActRecord* record_at(AssignmentState& state, Position at);

}  // namespace fieldnode::rules

#pragma once

#include "sync/rules/assignment.h"
#include "sync/rules/lifecycle.h"

/// The guards that are facts: an entry that names another must name the right one. Fold and judge ask the same.
namespace fieldnode::rules {

/// True if `named` is the act at `at`, by its place or by the place where it stood first.
[[nodiscard]] bool names_act(AssignmentState const& state, Position named, Position at);

/// What is wrong with the reference that `guard` demands of `entry`; kNone if nothing is, or if the guard is no
/// reference.
/// Errors: no_pending_application, already_ruled, nothing_to_confirm, unknown_act, not_correctable,
/// no_effect_to_correct, no_conflict, not_set_aside.
[[nodiscard]] RefusalCode reference_fault(AssignmentState const& state, Skeleton const& entry, Guard guard);

}  // namespace fieldnode::rules

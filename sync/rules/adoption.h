#pragma once

#include "sync/rules/judge.h"

/// May an act that came too late to stand in a journal be ruled in? Asked once at the centre, before it appends the
/// entry that carries the act; `replay.h` never asks again. Source: PROTOCOL, "A revoked node".
namespace fieldnode::rules {

/// What an adopted act claims of its own moment is worth nothing: its node was no longer the unit's. It was there when
/// the centre had it, and nobody knows since when. For display the claim stays, as far as that allows it.
[[nodiscard]] TimeEvidence adopted_time(TimeEvidence const& claimed, std::optional<UtcTime> held_at);

/// `act`: as it stands in its own journal. `state`: the fold of the assignment without it.
/// Errors: `not_set_aside` when it, or another append of it, was ruled on or counts already; `adds_nothing` when
/// another act has had its effect; the codes of `classify`, that of a conflict too: an end that the act did not know
/// leaves nothing to rule it into.
[[nodiscard]] Result<void> judge_adoption(AssignmentState const& state, Placed const& act, JudgeContext const& context);

}  // namespace fieldnode::rules

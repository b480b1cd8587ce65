#pragma once

#include <string_view>

#include "node/central/store/central_store.h"

namespace fieldnode::central {

/// Takes back times that the centre signed or told while its clock was wrong: one operator says which, another confirms
/// it, then each unit concerned is told in its feed, anchor by anchor. The only thing that lowers a node's floor.
/// Source: design 5. Thread: any.
class TimeCorrectionDesk {
 public:
  explicit TimeCorrectionDesk(CentralStore& store) : store_(store) {}

  /// The same words again while they wait are the same proposal.
  /// Errors: `unknown_unit`, `bad_span` (it ends before it begins), `nothing_signed` (no unit was given a time in it).
  [[nodiscard]] Result<TimeCorrectionProposal> propose(StaffId who, SignedSpan const& span, std::string_view reason,
                                                       UtcTime now);
  /// Confirmed, every unit is told before this returns; what a stop left undone, `go_on` does.
  /// Errors: `no_such_proposal`, `proposal_settled`, `proposed_by_same_person`.
  [[nodiscard]] Result<TimeCorrectionProposal> rule(StaffId who, std::uint64_t id, bool confirmed, UtcTime now);
  /// Does what was confirmed and is not done.
  [[nodiscard]] Result<void> go_on(UtcTime now);

 private:
  [[nodiscard]] Result<void> carry_out(TimeCorrectionProposal proposal, UtcTime now);

  CentralStore& store_;
};

}  // namespace fieldnode::central

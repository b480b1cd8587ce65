#pragma once

#include <string>
#include <string_view>

#include "node/central/store/central_store.h"
#include "sync/base/random.h"

namespace fieldnode::central {

/// What an operator ruled. In a ruling on an application or a claim of `unreachable` the place of what is ruled on may
/// be left out (seq 0) or lack its epoch: the pending one is meant; days left out (0) of a grant: as many as were
/// asked.
struct DecisionForm {
  rules::EntryKind kind{};
  rules::Payload payload;
  std::string reason;
};

struct Decided {
  AssignmentId assignment{};
  UnitId unit{};
  Position entry{};
  AssignmentId next{};  ///< of a redo: the next cycle's assignment
};

/// Appends an operator's decisions to feeds. A repeat under the same client-made id gives the same answer and does
/// nothing. `now` is the centre's time, handed in. Thread: any.
class DecisionDesk {
 public:
  DecisionDesk(CentralStore& store, Random& random) : store_(store), random_(random) {}

  /// A redact (N5) takes the words and files of an act away from both ends; what it was and when stays proven.
  /// Errors: `unknown_assignment`, `not_a_decision` for kinds that no operator decides, the codes of
  /// `rules::judge_decision`, `bad_request_id`, `request_id_reused`, `entry_too_large`.
  [[nodiscard]] Result<Decided> decide(StaffId who, std::string_view request_id, AssignmentId id,
                                       DecisionForm const& form, UtcTime now);

 private:
  [[nodiscard]] Result<void> decide_within(UnitWork& work, StaffId who, DecisionForm const& form, UtcTime now,
                                           Decided& outcome);
  [[nodiscard]] Result<void> complete_redact(UnitWork& work, rules::AssignmentState const& state, FeedDraft& draft);
  [[nodiscard]] Result<void> dispatch_next(UnitWork& work, StaffId who, rules::AssignmentState const& state,
                                           UtcTime now, AssignmentId next);

  CentralStore& store_;
  Random& random_;
};

}  // namespace fieldnode::central

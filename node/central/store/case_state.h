#pragma once

#include <optional>
#include <vector>

#include "node/central/store/records.h"
#include "node/db/connection.h"

/// The state of a case is a projection: it follows from its assignments and from what was said at its intake.
namespace fieldnode::central {

/// What the case's own row knows of its end.
struct CaseFacts {
  bool is_history{};  ///< it came as closed
  bool is_merged{};
  std::optional<rules::ReturnReason>
      refused;  ///< a refusal that stands; one that waits for its second person refuses nothing
};

/// With a unit, part of another case, refused or waiting for elements, closed by its last assignment (or by its
/// source), or new.
[[nodiscard]] CaseState state_of(std::vector<AssignmentRow> const& assignments, CaseFacts const& facts);

/// Brings the state of one case up to date, in the caller's transaction.
void refresh_state(db::Connection& connection, CaseId id);

/// The first case, by id, that is not in the state that follows; nothing when all are.
[[nodiscard]] std::optional<CaseId> find_wrong_state(db::Connection& connection);

}  // namespace fieldnode::central

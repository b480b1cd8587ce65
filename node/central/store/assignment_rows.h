#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "node/central/store/records.h"
#include "node/db/connection.h"

namespace fieldnode::central {

/// The row that follows from the fold.
[[nodiscard]] AssignmentRow project(UnitId unit, rules::AssignmentState const& state);

/// Where a case stands: with a unit, closed by its last assignment (or by its source), or waiting to be dispatched.
[[nodiscard]] CaseState state_of(std::vector<AssignmentRow> const& assignments, bool is_history);

/// Table `assignment`, and the state of the cases that follows from it, in the caller's transaction.
class AssignmentRows {
 public:
  explicit AssignmentRows(db::Connection& connection) : connection_(connection) {}

  /// Writes the row and the state of its case.
  void put(AssignmentRow const& row);
  [[nodiscard]] std::optional<AssignmentRow> find(AssignmentId id);
  /// In the order in which they were given.
  [[nodiscard]] std::vector<AssignmentRow> of_case(CaseId id);
  /// By id, those after `after`.
  [[nodiscard]] std::vector<AssignmentRow> of_unit(UnitId id, AssignmentId after, std::size_t limit);
  [[nodiscard]] std::uint64_t count_of_unit(UnitId id);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::central

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "node/central/store/records.h"
#include "node/db/connection.h"

namespace fieldnode::central {

/// The row that follows from the fold.
[[nodiscard]] AssignmentRow project(UnitId unit, rules::AssignmentState const& state);

/// Table `assignment`, in the caller's transaction.
class AssignmentRows {
 public:
  explicit AssignmentRows(db::Connection& connection) : connection_(connection) {}

  void put(AssignmentRow const& row);
  [[nodiscard]] std::optional<AssignmentRow> find(AssignmentId id);
  /// In the order in which they were given.
  [[nodiscard]] std::vector<AssignmentRow> of_case(CaseId id);
  [[nodiscard]] std::optional<AssignmentRow> last_of_case(CaseId id);
  /// By id, those after `after`.
  [[nodiscard]] std::vector<AssignmentRow> of_unit(UnitId id, AssignmentId after, std::size_t limit);
  /// Those on which something waits for the centre, by id, those after `after`.
  [[nodiscard]] std::vector<AssignmentRow> awaiting(AssignmentId after, std::size_t limit);
  [[nodiscard]] UnitFigures figures_of(UnitId id);
  /// Over all units.
  [[nodiscard]] UnitFigures figures();

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::central

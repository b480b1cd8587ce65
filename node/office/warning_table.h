#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "node/db/connection.h"
#include "node/office/assignment_row.h"

namespace fieldnode::office {

/// The limits that run, each with the moments at which somebody is told of it, and what has been told. In the caller's
/// transaction.
class WarningTable {
 public:
  explicit WarningTable(db::Connection& connection) : connection_(connection) {}

  /// Makes the table say of the assignment what `row` says. What has been told of a limit stays told unless something
  /// is new: to whoever has it when it is due at another moment, goes to somebody else, or an application of theirs was
  /// decided; to supervisors when it is due at another moment or was not brought to them before.
  void put(AssignmentRow const& row);
  void remove(AssignmentId id);
  /// In the order of the clocks.
  [[nodiscard]] std::vector<rules::Warning> of(AssignmentId id);

  /// True when there is something to tell by `at`.
  [[nodiscard]] bool has_untold(UtcTime at);
  [[nodiscard]] std::uint64_t begin_telling();
  /// Counts what is to be told by `at` and has not been into `telling`, some of each kind. True: there may be more.
  [[nodiscard]] bool tell(std::uint64_t telling, UtcTime at, std::uint64_t most);
  [[nodiscard]] std::uint64_t last_telling();

  /// The next moment after `at` at which something is to be told or a limit passes, nothing told before counted in.
  [[nodiscard]] std::optional<UtcTime> next_change(UtcTime at);

  /// Up to which telling the person has heard.
  [[nodiscard]] std::uint64_t heard_by(StaffId staff);
  /// False where the person had heard as much before: whoever gets true, tells. Shape: only a telling that there was.
  [[nodiscard]] bool note_heard(StaffId staff, std::uint64_t number);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::office

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "node/sheet/table.h"
#include "sync/rules/assessment.h"

/// Assessments as tables of a spreadsheet, in the city's language.
namespace fieldnode::web {

/// A unit with what the tables say of it. `undelivered`: acts that the centre does not hold, as the node last said;
/// `last_exchange`: when it did.
struct AssessedUnit {
  std::string code;
  std::string name;
  rules::Assessment figures;
  std::uint64_t undelivered{};
  std::optional<UtcTime> last_exchange;
};

/// A unit a line: what is asked first.
[[nodiscard]] sheet::Table summary_table(std::span<AssessedUnit const> units);
/// A unit and clock a line: every cell, and what they come to.
[[nodiscard]] sheet::Table clock_table(std::span<AssessedUnit const> units);

}  // namespace fieldnode::web

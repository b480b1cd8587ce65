#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "node/db/row.h"
#include "sync/base/ids.h"
#include "sync/rules/clocks.h"
#include "sync/rules/warnings.h"

namespace fieldnode::office {

enum class View : std::uint8_t { kAll = 0, kOpen = 1, kWaiting = 2, kEnded = 3 };
enum class Trouble : std::uint8_t { kNone = 0, kRefused = 1, kAwaitsRuling = 2 };

/// The duty that presses first.
struct PressingDue {
  rules::ClockKind clock{};
  rules::ClockState state{};
  UtcTime started_at{};
  std::optional<UtcTime> due;
  bool provisional{};
  bool held{};  ///< an application made in time is undecided: not overdue (E3)
  friend bool operator==(PressingDue const&, PressingDue const&) = default;
};

/// One line of a list.
struct AssignmentRow {
  AssignmentId id{};
  std::string number;
  std::string title;
  std::string place;
  rules::Category category{};
  rules::CaseKind kind{};
  bool urgent{};
  bool confidential{};
  rules::Stage stage{};
  View view{};
  UtcTime dispatched_at{};
  std::optional<PressingDue> due;
  std::uint64_t last_act{};
  Trouble trouble{};
  StaffId staff{};
  std::vector<rules::Warning> warnings;  ///< of all limits that run; a list's lines go without
  friend bool operator==(AssignmentRow const&, AssignmentRow const&) = default;
};

/// Stands in `due_at` where there is no due instant, so that it sorts last.
inline constexpr std::int64_t kNoDue = std::numeric_limits<std::int64_t>::max();

[[nodiscard]] std::int64_t due_column(AssignmentRow const& row);

/// What `row_from` reads: everything but the warnings.
inline constexpr std::string_view kRowColumns =
    "id, number, title, place, category, kind, urgent, confidential, stage, view, dispatched_at, due_clock, due_state,"
    " due_started_at, due_at, due_provisional, due_held, last_act, trouble, staff";

[[nodiscard]] AssignmentRow row_from(db::Row const& row);

/// Text as the search compares it: the letters a to z small, all else as it is.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace fieldnode::office

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/db/connection.h"
#include "node/lists/entry_lists.h"
#include "sync/rules/clocks.h"
#include "sync/rules/rule_book.h"

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
  rules::Stage stage{};
  View view{};
  UtcTime dispatched_at{};
  std::optional<PressingDue> due;
  std::uint64_t last_act{};
  Trouble trouble{};
  StaffId staff{};
  friend bool operator==(AssignmentRow const&, AssignmentRow const&) = default;
};

/// The row that follows from the lists. Errors: `outside_calendar` is no error here: the row then has no due instant.
[[nodiscard]] std::optional<AssignmentRow> project(lists::EntryLists& lists, Epoch journal_epoch, AssignmentId id,
                                                   rules::RuleBook const& book);

/// The table `assignment`, in the caller's transaction.
class Projection {
 public:
  explicit Projection(db::Connection& connection) : connection_(connection) {}

  void put(AssignmentRow const& row);
  [[nodiscard]] std::optional<AssignmentRow> find(AssignmentId id);

  struct Page {
    std::vector<AssignmentRow> rows;
    std::string next;  ///< cursor of the following page; empty after the last
  };
  /// Ordered by due instant, then id. Errors: `bad_field` for a cursor that is none.
  [[nodiscard]] Result<Page> page(View view, std::size_t limit, std::string_view after);
  [[nodiscard]] std::uint64_t count(View view);
  /// Open ones whose due instant lies before `moment`.
  [[nodiscard]] std::uint64_t count_due_before(UtcTime moment);
  [[nodiscard]] std::uint64_t count_trouble(Trouble trouble);
  /// Those with an act after `seq` of the live journal epoch.
  [[nodiscard]] std::vector<AssignmentId> with_acts_after(std::uint64_t seq);
  [[nodiscard]] std::vector<AssignmentId> ids();

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::office

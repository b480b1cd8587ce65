#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "node/db/connection.h"
#include "node/lists/entry_lists.h"
#include "node/office/assignment_row.h"
#include "sync/rules/rule_book.h"

namespace fieldnode::office {

/// What the entries on the assignment come to; nothing before its dispatch, whatever else names it.
[[nodiscard]] std::optional<rules::AssignmentState> dispatched_state(lists::EntryLists& lists, AssignmentId id);

/// The row that follows from the state and the words in the lists, and from when the dispatch was delivered, if that is
/// known. Errors: `outside_calendar` is no error here: the row then has no due instant.
[[nodiscard]] AssignmentRow project(lists::EntryLists& lists, Epoch journal_epoch, rules::AssignmentState const& state,
                                    rules::RuleBook const& book, std::optional<UtcTime> delivered_at);

/// Raised with what `project` says: rows of another version are made anew when the database is opened.
inline constexpr int kProjectionVersion = 2;

/// The tables `assignment` and `warning`, in the caller's transaction.
class Projection {
 public:
  explicit Projection(db::Connection& connection) : connection_(connection) {}

  void put(AssignmentRow const& row);
  /// The centre has lost the dispatch: no entry that counts makes this assignment any more.
  void remove(AssignmentId id);
  [[nodiscard]] std::optional<AssignmentRow> find(AssignmentId id);

  /// Those with an act after `seq` of the live journal epoch.
  [[nodiscard]] std::vector<AssignmentId> with_acts_after(std::uint64_t seq);
  [[nodiscard]] std::vector<AssignmentId> ids();
  /// Another journal is live from here on: no row has an act in it.
  void begin_journal();

  /// True when the rows are as this program makes them.
  [[nodiscard]] bool is_current();
  void note_current();

 private:
  db::Connection& connection_;
};

/// Makes the rows anew, in one transaction, where an older program made them. Before anything is served.
void refresh_projection(db::Connection& connection, lists::EntryLists& lists, Epoch journal_epoch,
                        rules::RuleBook const& book);

/// Likewise the digests of assignments that a program without them left behind.
void fill_state_digests(db::Connection& connection, lists::EntryLists& lists, UnitId unit);

}  // namespace fieldnode::office

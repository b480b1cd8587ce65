#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "node/lists/entry_lists.h"
#include "sync/rules/rule_effect.h"
#include "sync/rules/rule_shelf.h"

namespace fieldnode::office {

/// What one step has done.
struct RemakeStep {
  bool more{};                                 ///< there is more to do
  std::optional<rules::RulesApplied> applied;  ///< the last row is done: to be journaled in the same transaction
  std::vector<AssignmentId> moved;             ///< assignments that are due at another moment now
};

/// Makes the list's rows anew where the feed has brought other rules: those of open assignments, some at a time, in the
/// caller's transaction, going on where an earlier step or a stopped program left off. What comes meanwhile is made by
/// the new rules from the start; rules that come meanwhile have their turn afterwards.
class RuleRemake {
 public:
  RuleRemake(db::Connection& connection, lists::EntryLists& lists, Epoch journal_epoch, rules::RuleShelf const& shelf)
      : connection_(connection), lists_(lists), journal_epoch_(journal_epoch), shelf_(shelf) {}

  /// At most `most` rows. `now`: what is known of the present, to tell what is overdue.
  [[nodiscard]] RemakeStep step(TimeInterval now, std::size_t most);

 private:
  [[nodiscard]] std::optional<rules::MovedDue> remake(AssignmentId id, rules::RuleChange const& change);
  [[nodiscard]] std::vector<AssignmentId> open_after(AssignmentId id, std::size_t most);

  db::Connection& connection_;
  lists::EntryLists& lists_;
  Epoch journal_epoch_;
  rules::RuleShelf const& shelf_;
};

}  // namespace fieldnode::office

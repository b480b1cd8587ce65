#pragma once

#include "node/db/connection.h"
#include "node/lists/entry_lists.h"
#include "sync/engine/state_book.h"
#include "sync/rules/replay.h"

namespace fieldnode::lists {

/// The table `state_digest`: what the facts of each assignment of a unit come to, written beside its row. In the
/// caller's transaction.
class StateDigests final : public engine::StateBook {
 public:
  StateDigests(db::Connection& connection, EntryLists& lists, UnitId unit)
      : connection_(connection), lists_(lists), unit_(unit) {}

  void put(rules::AssignmentState const& state);
  /// There is no such assignment any more.
  void remove(AssignmentId assignment);
  [[nodiscard]] engine::StateReading read(AssignmentId after, std::size_t most) override;
  /// The first assignment whose kept digest is not that of its replayed state; none where all are.
  [[nodiscard]] AssignmentId first_wrong(rules::UnitState const& replayed);
  /// Folds the assignments that a program without this table left behind. Before anything is served.
  void fill();

 private:
  db::Connection& connection_;
  EntryLists& lists_;
  UnitId unit_;
};

}  // namespace fieldnode::lists

#pragma once

#include <optional>
#include <vector>

#include "node/db/connection.h"
#include "node/lists/list_register.h"
#include "sync/rules/replay.h"

namespace fieldnode::lists {

/// Folds a unit's lists assignment by assignment, so that the skeletons of one assignment are in memory at a time.
class UnitReplay {
 public:
  UnitReplay(db::Connection& connection, ListRegister& lists, UnitId unit);

  [[nodiscard]] rules::UnitState run(std::optional<Position> feed_upto, std::optional<Position> acts_upto);

 private:
  /// A place by the rank of its list, so that a comparison in SQL orders it.
  struct Cut {
    std::int64_t rank{};
    std::uint64_t seq{};
  };
  [[nodiscard]] Cut cut_at(wire::ListKind kind, std::optional<Position> upto);
  void take(db::Row const& row);
  void fold_collected();

  db::Connection& connection_;
  ListRegister& lists_;
  UnitId unit_;
  rules::EpochOrder feeds_;
  rules::EpochOrder journals_;
  AssignmentId assignment_;
  std::vector<rules::Placed> feed_;
  std::vector<rules::Placed> acts_;
  rules::UnitState state_;
};

}  // namespace fieldnode::lists

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "node/db/connection.h"
#include "sync/base/ids.h"
#include "sync/engine/journal.h"
#include "sync/rules/epoch_order.h"
#include "sync/wire/entry.h"

namespace fieldnode::lists {

/// A list's row.
struct ListRow {
  std::int64_t id{};
  std::int64_t rank{};
  engine::ListHead head;
};

/// The rows of table `list` of one unit.
class ListRegister {
 public:
  ListRegister(db::Connection& connection, UnitId unit) : connection_(connection), unit_(unit) {}

  /// Adds the list after all others of its kind; nothing changes if it is there.
  void add(wire::ListName const& list);
  /// Adds a journal that is known from elsewhere; `arrange` gives it its place.
  void add_before_live(wire::ListName const& journal);
  void end_run(wire::ListName const& list, std::uint64_t end);
  /// `list` goes on from `parent`: that list ends there, and what was registered between them counts for nothing.
  void continue_from(ListRow const& list, Position parent);
  /// Puts the journals that the centre has registered in its order, the live one last, and says how far each runs. Any
  /// other journal must be gone.
  void arrange(std::vector<rules::EpochOrder::Run> const& journals);
  /// Takes away a list that holds nothing.
  void remove(ListRow const& list);
  /// Moves the list's head on by one entry.
  void advance(ListRow const& list, std::uint64_t seq, Hash const& hash);

  /// The live list of the kind.
  [[nodiscard]] std::optional<ListRow> newest(wire::ListKind kind);
  [[nodiscard]] std::optional<ListRow> find(wire::ListKind kind, Epoch epoch);
  /// As far as it counts; of a live list the greatest number.
  [[nodiscard]] std::uint64_t run_end(ListRow const& list);
  /// In the order of registration.
  [[nodiscard]] std::vector<ListRow> all(wire::ListKind kind);
  /// How far each counts, in that order; a live list to the greatest number.
  [[nodiscard]] std::vector<rules::EpochOrder::Run> runs(wire::ListKind kind);
  [[nodiscard]] rules::EpochOrder order(wire::ListKind kind) { return rules::EpochOrder(runs(kind)); }

 private:
  db::Connection& connection_;
  UnitId unit_;
};

}  // namespace fieldnode::lists

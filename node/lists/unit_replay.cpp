#include "node/lists/unit_replay.h"

#include <limits>
#include <utility>

#include "node/lists/entry_rows.h"
#include "sync/wire/carried_act.h"

namespace fieldnode::lists {

using wire::ListKind;

UnitReplay::UnitReplay(db::Connection& connection, ListRegister& lists, UnitId unit)
    : connection_(connection),
      lists_(lists),
      unit_(unit),
      feeds_(lists.order(ListKind::kFeed)),
      journals_(lists.order(ListKind::kJournal)) {}

/// SQLite sorts places and skeletons only, and on disk when they are many.
rules::UnitState UnitReplay::run(std::optional<Position> feed_upto, std::optional<Position> acts_upto) {
  auto const feed_cut = cut_at(ListKind::kFeed, feed_upto);
  auto const acts_cut = cut_at(ListKind::kJournal, acts_upto);
  auto select = connection_.prepare(
      "SELECT entry.assignment, list.kind, list.epoch, entry.seq, entry.skeleton"
      " FROM list CROSS JOIN entry ON entry.list = list.id"
      " WHERE list.unit = :unit AND"
      " (list.kind = 1 AND (list.rank < :acts_rank OR (list.rank = :acts_rank AND entry.seq <= :acts_seq))"
      "  OR list.kind = 2 AND (list.rank < :feed_rank OR (list.rank = :feed_rank AND entry.seq <= :feed_seq)))"
      " ORDER BY entry.assignment, list.kind, list.rank, entry.seq");
  select.bind(":unit", unit_)
      .bind(":acts_rank", acts_cut.rank)
      .bind(":acts_seq", acts_cut.seq)
      .bind(":feed_rank", feed_cut.rank)
      .bind(":feed_seq", feed_cut.seq);
  for (auto const row : select) take(row);
  fold_collected();
  return std::move(state_);
}

UnitReplay::Cut UnitReplay::cut_at(ListKind kind, std::optional<Position> upto) {
  if (!upto) return {std::numeric_limits<std::int64_t>::max(), 0};
  auto const list = lists_.find(kind, upto->epoch);
  if (!list) return {};
  return {list->rank, upto->seq};
}

void UnitReplay::take(db::Row const& row) {
  if (auto const assignment = row.get<AssignmentId>(0); assignment != assignment_) {
    fold_collected();
    assignment_ = assignment;
  }
  auto const kind = static_cast<ListKind>(row.get<std::uint8_t>(1));
  Position const at{row.get<Epoch>(2), row.get<std::uint64_t>(3)};
  if (kind == ListKind::kFeed && !feeds_.holds(at)) return;
  wire::ListName const name{kind, unit_, {}, at.epoch};
  auto& entries = kind == ListKind::kFeed ? feed_ : acts_;
  entries.push_back({at, require_skeleton(name, at.seq, row.get<BytesView>(4))});
}

void UnitReplay::fold_collected() {
  if (!assignment_) {
    auto unit_wide = rules::replay(feed_, acts_, journals_);
    unit_wide.assignments = std::move(state_.assignments);
    state_ = std::move(unit_wide);
  } else if (!feed_.empty() || !acts_.empty()) {
    wire::add_carried(feed_, acts_);
    state_.assignments.emplace(assignment_, rules::replay_assignment(assignment_, feed_, acts_, journals_));
  }
  feed_.clear();
  acts_.clear();
}

}  // namespace fieldnode::lists

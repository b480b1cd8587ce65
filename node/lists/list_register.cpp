#include "node/lists/list_register.h"

#include <limits>

#include "sync/base/check.h"

namespace fieldnode::lists {
namespace {

std::int64_t number_of(wire::ListKind kind) { return static_cast<std::int64_t>(kind); }

/// Columns: id, rank, kind, unit, node, epoch, seq, hash.
ListRow list_row(db::Row const& row) {
  auto const kind = static_cast<wire::ListKind>(row.get<std::uint8_t>(2));
  wire::ListName const name{kind, row.get<UnitId>(3), row.get<NodeId>(4), row.get<Epoch>(5)};
  return {row.get<std::int64_t>(0), row.get<std::int64_t>(1), {name, row.get<std::uint64_t>(6), row.get<Hash>(7)}};
}

std::optional<ListRow> only_row(db::Statement& select) {
  auto const row = select.next();
  if (!row) return std::nullopt;
  return list_row(*row);
}

}  // namespace

void ListRegister::add(wire::ListName const& list) {
  check(list.unit == unit_, "a list is registered with its own unit");
  if (find(list.kind, list.epoch)) return;
  auto const before = newest(list.kind);
  if (before) end_run(before->head.list, before->head.seq);
  connection_
      .prepare(
          "INSERT INTO list (kind, unit, node, epoch, rank, hash) VALUES (:kind, :unit, :node, :epoch, :rank, :hash)")
      .bind(":kind", number_of(list.kind))
      .bind(":unit", list.unit)
      .bind(":node", list.node)
      .bind(":epoch", list.epoch)
      .bind(":rank", before ? before->rank + 1 : 1)
      .bind(":hash", wire::chain_start(list))
      .run();
}

void ListRegister::add_before_live(wire::ListName const& journal) {
  check(journal.unit == unit_, "a list is registered with its own unit");
  connection_
      .prepare(
          "INSERT INTO list (kind, unit, node, epoch, rank, hash) SELECT :kind, :unit, :node, :epoch,"
          " coalesce(min(rank), 1) - 1, :hash FROM list WHERE kind = :kind AND unit = :unit")
      .bind(":kind", number_of(journal.kind))
      .bind(":unit", journal.unit)
      .bind(":node", journal.node)
      .bind(":epoch", journal.epoch)
      .bind(":hash", wire::chain_start(journal))
      .run();
}

void ListRegister::end_run(wire::ListName const& list, std::uint64_t end) {
  connection_.prepare("UPDATE list SET run_end = :end WHERE unit = :unit AND kind = :kind AND epoch = :epoch")
      .bind(":end", end)
      .bind(":unit", unit_)
      .bind(":kind", number_of(list.kind))
      .bind(":epoch", list.epoch)
      .run();
}

void ListRegister::continue_from(ListRow const& list, Position parent) {
  auto const origin = find(list.head.list.kind, parent.epoch);
  connection_
      .prepare(
          "UPDATE list SET run_end = CASE WHEN epoch = :epoch THEN :seq ELSE 0 END"
          " WHERE unit = :unit AND kind = :kind AND rank >= :from AND rank < :rank")
      .bind(":epoch", parent.epoch)
      .bind(":seq", parent.seq)
      .bind(":unit", unit_)
      .bind(":kind", number_of(list.head.list.kind))
      .bind(":from", origin ? origin->rank : 0)
      .bind(":rank", list.rank)
      .run();
}

void ListRegister::advance(ListRow const& list, std::uint64_t seq, Hash const& hash) {
  connection_.prepare("UPDATE list SET seq = :seq, hash = :hash WHERE id = :id")
      .bind(":seq", seq)
      .bind(":hash", hash)
      .bind(":id", list.id)
      .run();
}

std::uint64_t ListRegister::run_end(ListRow const& list) {
  auto select = connection_.prepare("SELECT run_end FROM list WHERE id = :id");
  return select.bind(":id", list.id)
      .one<std::optional<std::uint64_t>>()
      .value_or(std::numeric_limits<std::uint64_t>::max());
}

void ListRegister::arrange(std::vector<rules::EpochOrder::Run> const& journals) {
  auto const kind = wire::ListKind::kJournal;
  auto const live = newest(kind);
  check(live.has_value(), "a node has a journal");
  // Ranks are unique: all are lifted out of the way first.
  auto const above = live->rank + static_cast<std::int64_t>(2 * journals.size()) + 2;
  connection_.prepare("UPDATE list SET rank = rank + :above WHERE unit = :unit AND kind = :kind")
      .bind(":above", above)
      .bind(":unit", unit_)
      .bind(":kind", number_of(kind))
      .run();
  std::int64_t rank = 0;
  for (auto const& run : journals) {
    auto const list = find(kind, run.epoch);
    check(list.has_value(), "a journal is opened before it is put in its place");
    connection_.prepare("UPDATE list SET rank = :rank, run_end = :end WHERE id = :id")
        .bind(":rank", ++rank)
        .bind(":end", run.end)
        .bind(":id", list->id)
        .run();
  }
  connection_.prepare("UPDATE list SET rank = :rank, run_end = NULL WHERE id = :id")
      .bind(":rank", ++rank)
      .bind(":id", live->id)
      .run();
}

void ListRegister::remove(ListRow const& list) {
  check(list.head.seq == 0, "only an empty list is taken away");
  connection_.prepare("DELETE FROM list WHERE id = :id").bind(":id", list.id).run();
}

std::optional<ListRow> ListRegister::newest(wire::ListKind kind) {
  auto select = connection_.prepare(
      "SELECT id, rank, kind, unit, node, epoch, seq, hash FROM list WHERE unit = :unit AND kind = :kind"
      " ORDER BY rank DESC LIMIT 1");
  return only_row(select.bind(":unit", unit_).bind(":kind", number_of(kind)));
}

std::optional<ListRow> ListRegister::find(wire::ListKind kind, Epoch epoch) {
  auto select = connection_.prepare(
      "SELECT id, rank, kind, unit, node, epoch, seq, hash FROM list WHERE unit = :unit AND kind = :kind"
      " AND epoch = :epoch");
  return only_row(select.bind(":unit", unit_).bind(":kind", number_of(kind)).bind(":epoch", epoch));
}

std::vector<ListRow> ListRegister::all(wire::ListKind kind) {
  auto select = connection_.prepare(
      "SELECT id, rank, kind, unit, node, epoch, seq, hash FROM list WHERE unit = :unit AND kind = :kind"
      " ORDER BY rank");
  select.bind(":unit", unit_).bind(":kind", number_of(kind));
  std::vector<ListRow> rows;
  for (auto const row : select) rows.push_back(list_row(row));
  return rows;
}

std::vector<rules::EpochOrder::Run> ListRegister::runs(wire::ListKind kind) {
  auto select =
      connection_.prepare("SELECT epoch, run_end FROM list WHERE unit = :unit AND kind = :kind ORDER BY rank");
  select.bind(":unit", unit_).bind(":kind", number_of(kind));
  std::vector<rules::EpochOrder::Run> runs;
  for (auto const row : select) {
    auto const end = row.get<std::optional<std::uint64_t>>(1);
    runs.push_back({row.get<Epoch>(0), end.value_or(std::numeric_limits<std::uint64_t>::max())});
  }
  return runs;
}

}  // namespace fieldnode::lists

#include "node/blobs/blob_rows.h"

namespace fieldnode::blobs {
namespace {

constexpr std::string_view kFind =
    "SELECT id, unit, assignment, size, address, here, media, wrapped, touched_at FROM blob WHERE id = :id";
constexpr std::string_view kFindByAddress =
    "SELECT id, unit, assignment, size, address, here, media, wrapped, touched_at FROM blob"
    " WHERE unit = :unit AND assignment = :assignment AND address = :address";
constexpr std::string_view kAllHere =
    "SELECT id, unit, assignment, size, address, here, media, wrapped, touched_at FROM blob WHERE here = 1 ORDER BY id";

BlobRow read(db::Row const& row) {
  return {.id = row.get<BlobId>(0),
          .owner = {row.get<UnitId>(1), row.get<AssignmentId>(2)},
          .size = row.get<std::uint64_t>(3),
          .address = row.get<std::optional<Hash>>(4),
          .here = row.get<bool>(5),
          .media = static_cast<MediaKind>(row.get<std::uint8_t>(6)),
          .wrapped = row.get<Bytes>(7),
          .touched_at = row.get<UtcTime>(8)};
}

std::optional<BlobRow> first_of(db::Statement& select) {
  auto const row = select.next();
  if (!row) return std::nullopt;
  return read(*row);
}

}  // namespace

BlobId BlobRows::add(BlobRow const& row) {
  connection_
      .prepare(
          "INSERT INTO blob (unit, assignment, size, address, wrapped, touched_at)"
          " VALUES (:unit, :assignment, :size, :address, :wrapped, :touched_at)")
      .bind(":unit", row.owner.unit)
      .bind(":assignment", row.owner.assignment)
      .bind(":size", row.size)
      .bind(":address", row.address)
      .bind(":wrapped", row.wrapped)
      .bind(":touched_at", row.touched_at)
      .run();
  return BlobId{static_cast<std::uint64_t>(connection_.last_insert_rowid())};
}

std::optional<BlobRow> BlobRows::find(BlobId id) {
  auto select = connection_.prepare(kFind);
  return first_of(select.bind(":id", id));
}

std::optional<BlobRow> BlobRows::find(BlobOwner const& owner, Hash const& address) {
  auto select = connection_.prepare(kFindByAddress);
  select.bind(":unit", owner.unit).bind(":assignment", owner.assignment).bind(":address", address);
  return first_of(select);
}

void BlobRows::publish(BlobId id, BlobFacts const& facts) {
  connection_.prepare("UPDATE blob SET here = 1, address = :address, media = :media WHERE id = :id")
      .bind(":address", facts.address)
      .bind(":media", static_cast<std::uint8_t>(facts.media))
      .bind(":id", id)
      .run();
}

void BlobRows::lose(BlobId id) {
  connection_.prepare("UPDATE blob SET here = 0, known_at = NULL WHERE id = :id").bind(":id", id).run();
}

void BlobRows::touch(BlobId id, UtcTime now) {
  connection_.prepare("UPDATE blob SET touched_at = :now WHERE id = :id").bind(":now", now).bind(":id", id).run();
}

void BlobRows::remove(BlobId id) { connection_.prepare("DELETE FROM blob WHERE id = :id").bind(":id", id).run(); }

std::uint64_t BlobRows::bytes_of(BlobOwner const& owner) {
  return connection_.prepare("SELECT coalesce(sum(size), 0) FROM blob WHERE unit = :unit AND assignment = :assignment")
      .bind(":unit", owner.unit)
      .bind(":assignment", owner.assignment)
      .one<std::uint64_t>();
}

std::uint64_t BlobRows::bytes_in_all() {
  return connection_.prepare("SELECT coalesce(sum(size), 0) FROM blob").one<std::uint64_t>();
}

std::vector<BlobId> BlobRows::ids() {
  std::vector<BlobId> ids;
  auto select = connection_.prepare("SELECT id FROM blob ORDER BY id");
  for (auto const row : select) ids.push_back(row.get<BlobId>(0));
  return ids;
}

std::vector<BlobRow> BlobRows::all_here() {
  std::vector<BlobRow> rows;
  auto select = connection_.prepare(kAllHere);
  for (auto const row : select) rows.push_back(read(row));
  return rows;
}

void BlobRows::note_known(BlobId id, Epoch feed) {
  connection_.prepare("UPDATE blob SET known_at = :feed WHERE id = :id").bind(":feed", feed).bind(":id", id).run();
}

bool BlobRows::note_known(BlobOwner const& owner, Hash const& address, Epoch feed) {
  auto update = connection_.prepare(
      "UPDATE blob SET known_at = :feed WHERE unit = :unit AND assignment = :assignment AND address = :address"
      " AND here = 1 AND known_at IS NOT :feed");
  update.bind(":feed", feed).bind(":unit", owner.unit).bind(":assignment", owner.assignment).bind(":address", address);
  return update.run() > 0;
}

}  // namespace fieldnode::blobs

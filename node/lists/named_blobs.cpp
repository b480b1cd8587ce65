#include "node/lists/named_blobs.h"

namespace fieldnode::lists {

void NamedBlobs::keep(ListRow const& list, StoredEntry const& entry) {
  if (entry.skeleton.blobs == 0 || entry.entry.body.bytes.empty()) return;
  auto const body = wire::decode_body(entry.entry.body.bytes);
  if (!body) return;
  auto insert = connection_.prepare(
      "INSERT INTO named_blob (list, seq, place, unit, assignment, address, size)"
      " VALUES (:list, :seq, :place, :unit, :assignment, :address, :size)");
  std::uint64_t place = 0;
  for (auto const& blob : body->blobs) {
    insert.bind(":list", list.id)
        .bind(":seq", entry.at.seq)
        .bind(":place", place++)
        .bind(":unit", list.head.list.unit)
        .bind(":assignment", entry.skeleton.assignment)
        .bind(":address", blob.address)
        .bind(":size", blob.size)
        .run();
  }
}

void NamedBlobs::forget(ListRow const& list, std::uint64_t seq) {
  connection_.prepare("DELETE FROM named_blob WHERE list = :list AND seq = :seq")
      .bind(":list", list.id)
      .bind(":seq", seq)
      .run();
}

void NamedBlobs::forget_after(ListRow const& list, std::uint64_t seq) {
  connection_.prepare("DELETE FROM named_blob WHERE list = :list AND seq > :seq")
      .bind(":list", list.id)
      .bind(":seq", seq)
      .run();
}

std::optional<std::uint64_t> NamedBlobs::size_of(UnitId unit, AssignmentId assignment, Hash const& address) {
  return connection_
      .prepare(
          "SELECT size FROM named_blob WHERE unit = :unit AND assignment = :assignment AND address = :address LIMIT 1")
      .bind(":unit", unit)
      .bind(":assignment", assignment)
      .bind(":address", address)
      .maybe<std::uint64_t>();
}

}  // namespace fieldnode::lists

#include "node/blobs/label_rows.h"

namespace fieldnode::blobs {

void LabelRows::add(BlobOwner const& owner, wire::BlobRef const& file, Labelled const& by) {
  connection_
      .prepare(
          "INSERT INTO blob_label (unit, assignment, address, size, class, name, staff, at)"
          " VALUES (:unit, :assignment, :address, :size, :class, :name, :staff, :at) ON CONFLICT DO NOTHING")
      .bind(":unit", owner.unit)
      .bind(":assignment", owner.assignment)
      .bind(":address", file.address)
      .bind(":size", file.size)
      .bind(":class", file.attachment_class)
      .bind(":name", file.name)
      .bind(":staff", by.staff)
      .bind(":at", by.at)
      .run();
}

std::vector<wire::BlobRef> LabelRows::all(BlobOwner const& owner) {
  std::vector<wire::BlobRef> files;
  auto select = connection_.prepare(
      "SELECT address, size, class, name FROM blob_label WHERE unit = :unit AND assignment = :assignment"
      " ORDER BY at, address");
  select.bind(":unit", owner.unit).bind(":assignment", owner.assignment);
  for (auto const row : select) {
    files.push_back({row.get<Hash>(0), row.get<std::uint64_t>(1), row.get<std::uint8_t>(2), row.get<std::string>(3)});
  }
  return files;
}

void LabelRows::remove(BlobOwner const& owner) {
  connection_.prepare("DELETE FROM blob_label WHERE unit = :unit AND assignment = :assignment")
      .bind(":unit", owner.unit)
      .bind(":assignment", owner.assignment)
      .run();
}

}  // namespace fieldnode::blobs

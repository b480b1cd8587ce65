#include "node/blobs/upload_rows.h"

namespace fieldnode::blobs {

void UploadRows::add(Upload const& upload, UtcTime now) {
  connection_
      .prepare(
          "INSERT INTO blob_upload (upload, unit, assignment, staff, name, size, blob, touched_at)"
          " VALUES (:upload, :unit, :assignment, :staff, :name, :size, :blob, :now)")
      .bind(":upload", upload.upload)
      .bind(":unit", upload.owner.unit)
      .bind(":assignment", upload.owner.assignment)
      .bind(":staff", upload.staff)
      .bind(":name", upload.name)
      .bind(":size", upload.size)
      .bind(":blob", upload.blob)
      .bind(":now", now)
      .run();
}

std::optional<Upload> UploadRows::find(std::string_view upload) {
  auto select = connection_.prepare(
      "SELECT unit, assignment, staff, name, size, blob, address FROM blob_upload WHERE upload = :upload");
  auto const row = select.bind(":upload", upload).next();
  if (!row) return std::nullopt;
  return Upload{.upload = std::string(upload),
                .owner = {row->get<UnitId>(0), row->get<AssignmentId>(1)},
                .staff = row->get<StaffId>(2),
                .name = row->get<std::string>(3),
                .size = row->get<std::uint64_t>(4),
                .blob = row->get<BlobId>(5),
                .address = row->get<std::optional<Hash>>(6)};
}

void UploadRows::touch(std::string_view upload, UtcTime now) {
  connection_.prepare("UPDATE blob_upload SET touched_at = :now WHERE upload = :upload")
      .bind(":now", now)
      .bind(":upload", upload)
      .run();
}

void UploadRows::finish(std::string_view upload, Hash const& address) {
  connection_.prepare("UPDATE blob_upload SET address = :address WHERE upload = :upload")
      .bind(":address", address)
      .bind(":upload", upload)
      .run();
}

void UploadRows::remove(std::string_view upload) {
  connection_.prepare("DELETE FROM blob_upload WHERE upload = :upload").bind(":upload", upload).run();
}

void UploadRows::remove(BlobOwner const& owner, Hash const& address) {
  connection_.prepare("DELETE FROM blob_upload WHERE unit = :unit AND assignment = :assignment AND address = :address")
      .bind(":unit", owner.unit)
      .bind(":assignment", owner.assignment)
      .bind(":address", address)
      .run();
}

void UploadRows::remove_older(UtcTime than) {
  connection_.prepare("DELETE FROM blob_upload WHERE touched_at < :than").bind(":than", than).run();
}

}  // namespace fieldnode::blobs

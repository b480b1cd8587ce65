#include "node/blobs/blob_backup.h"

#include <fmt/format.h>

#include "node/blobs/blob_rows.h"

namespace fieldnode::blobs {

BackedUp add_to_backup(std::vector<lists::BackupPart>& parts, db::Connection& copy,
                       std::filesystem::path const& attachments, InBackup which) {
  auto const here = BlobRows(copy).all_here();
  if (which == InBackup::kNoAttachments) return {.held = 0, .left_out = here.size()};
  for (auto const& row : here) {
    auto const name = std::to_string(row.id.value);
    parts.push_back({.name = attachments.filename().native() + "/" + name, .file = attachments / name});
  }
  return {.held = here.size(), .left_out = 0};
}

std::string sentence_of(BackedUp const& files) {
  if (files.left_out == 0) return fmt::format("Attachments: all {} that are here are in it.", files.held);
  return fmt::format(
      "Attachments: NONE of the {} that are here is in it; what the other end has of them comes back from "
      "there after a restore, anything else is lost with this disk.",
      files.left_out);
}

std::string sentence_of_restored(BlobCounts const& files) {
  auto const missing = files.named - files.here;
  if (missing == 0) return fmt::format("Attachments: all {} are here.", files.named);
  return fmt::format("Attachments: {} of {} are here; the other {} are asked for again from the other end.", files.here,
                     files.named, missing);
}

}  // namespace fieldnode::blobs

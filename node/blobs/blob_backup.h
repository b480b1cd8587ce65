#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "node/blobs/blob_needs.h"
#include "node/db/connection.h"
#include "node/lists/sealed_backup.h"

namespace fieldnode::blobs {

/// Whether a backup holds the content of attachments, which may be many times the size of all else.
enum class InBackup { kAttachments, kNoAttachments };

/// What a backup has of the attachments. Units: files.
struct BackedUp {
  std::uint64_t held{};
  std::uint64_t left_out{};  ///< here, and not in the backup
};

/// Adds the files that are here whole, as `copy` of the database says, to the parts of a backup, sealed as they lie in
/// `attachments`. One that is taken away meanwhile is left out, and comes again after a restore.
[[nodiscard]] BackedUp add_to_backup(std::vector<lists::BackupPart>& parts, db::Connection& copy,
                                     std::filesystem::path const& attachments, InBackup which);

/// A sentence for whoever made the backup, for whoever restored it.
[[nodiscard]] std::string sentence_of(BackedUp const& files);
[[nodiscard]] std::string sentence_of_restored(BlobCounts const& files);

}  // namespace fieldnode::blobs

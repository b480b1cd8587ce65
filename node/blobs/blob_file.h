#pragma once

#include <filesystem>
#include <memory>

#include "node/blobs/blob_rows.h"
#include "node/blobs/frame_file.h"
#include "node/lists/contact_vault.h"

namespace fieldnode::blobs {

/// Where the files lie and what opens them.
struct BlobFiles {
  lists::ContactVault& vault;
  Random& random;
  std::filesystem::path directory;
  db::Folder& folder = db::machine_folder();

  [[nodiscard]] std::filesystem::path path_of(BlobId id) const { return directory / std::to_string(id.value); }
};

/// The file of a row, its key taken from the row. Errors: those of `ContactVault::try_open`.
[[nodiscard]] Result<std::unique_ptr<FrameFile>> open_blob_file(BlobFiles const& files, db::Connection& connection,
                                                                BlobRow const& row);

/// Reads the whole and compares it with the address. Errors: `attachment_damaged`, those of `open_blob_file`.
[[nodiscard]] Result<void> check_blob_file(BlobFiles const& files, FrameFile& file, BlobRow const& row);

}  // namespace fieldnode::blobs

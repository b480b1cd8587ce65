#include "node/blobs/blob_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/crypto/hash.h"

namespace fieldnode::blobs {

Result<std::unique_ptr<FrameFile>> open_blob_file(BlobFiles const& files, db::Connection& connection,
                                                  BlobRow const& row) {
  auto plain = files.vault.try_open(connection, row.owner.unit, row.owner.assignment, row.wrapped);
  if (!plain) return plain.error();
  crypto::SealKey key{};
  if (plain->size() != key.size()) throw BrokenWorld("the key of an attachment has another length");
  std::ranges::copy(*plain, key.begin());
  auto file = std::make_unique<FrameFile>(files.folder, files.path_of(row.id), key, row.size, files.random);
  crypto::wipe(key);
  crypto::wipe(*plain);
  return file;
}

Result<void> check_blob_file(BlobFiles const& files, FrameFile& file, BlobRow const& row) {
  auto const digest = file.digest();
  if (!digest) return digest.error();
  if (*digest == row.address) return {};
  return refuse(
      "attachment_damaged",
      fmt::format("The attachment in {} has another content than its address says; put it back from a backup.",
                  files.path_of(row.id).native()));
}

}  // namespace fieldnode::blobs

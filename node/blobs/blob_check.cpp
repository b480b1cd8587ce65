#include "node/blobs/blob_check.h"

#include "node/blobs/blob_needs.h"

namespace fieldnode::blobs {
namespace {

Result<void> check_one(db::Connection& connection, BlobFiles const& files, BlobRow const& row, Depth depth) {
  auto const file = open_blob_file(files, connection, row);
  if (!file) return file.error();
  if (depth == Depth::kWhole) return check_blob_file(files, **file, row);
  auto const first = (*file)->read(0, kFrameBytes);
  if (!first) return first.error();
  auto const last = (*file)->read(row.size - 1, 1);
  if (!last) return last.error();
  return {};
}

}  // namespace

Result<CheckedBlobs> check_blobs(db::Connection& connection, BlobFiles const& files, Depth depth) {
  auto const counts = count_blobs(connection);
  CheckedBlobs checked{.named = counts.named, .here = counts.here};
  for (auto const& row : BlobRows(connection).all_here()) {
    if (auto const right = check_one(connection, files, row, depth); !right) return right.error();
    ++checked.checked;
  }
  return checked;
}

}  // namespace fieldnode::blobs

#pragma once

#include <vector>

#include "node/blobs/blob_rows.h"
#include "sync/wire/entry.h"

namespace fieldnode::blobs {

/// Who attached a file, and when.
struct Labelled {
  StaffId staff{};
  UtcTime at{};
};

/// The table `blob_label`, in the caller's transaction: files that stay although no entry names them.
class LabelRows {
 public:
  explicit LabelRows(db::Connection& connection) : connection_(connection) {}

  /// Nothing changes for a content that is attached already.
  void add(BlobOwner const& owner, wire::BlobRef const& file, Labelled const& by);
  /// In the order in which they were attached.
  [[nodiscard]] std::vector<wire::BlobRef> all(BlobOwner const& owner);
  void remove(BlobOwner const& owner);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::blobs

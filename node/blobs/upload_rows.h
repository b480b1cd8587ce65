#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "node/blobs/blob_rows.h"

namespace fieldnode::blobs {

/// What somebody sends from a page. `upload`: an id made by the page.
struct Upload {
  std::string upload;
  BlobOwner owner;
  StaffId staff{};
  std::string name;
  std::uint64_t size{};
  BlobId blob{};
  std::optional<Hash> address;  ///< once it is whole
};

/// The table `blob_upload`, in the caller's transaction.
class UploadRows {
 public:
  explicit UploadRows(db::Connection& connection) : connection_(connection) {}

  void add(Upload const& upload, UtcTime now);
  [[nodiscard]] std::optional<Upload> find(std::string_view upload);
  void touch(std::string_view upload, UtcTime now);
  void finish(std::string_view upload, Hash const& address);
  void remove(std::string_view upload);
  /// An entry is about to name the content; it needs no upload any more.
  void remove(BlobOwner const& owner, Hash const& address);
  void remove_older(UtcTime than);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::blobs

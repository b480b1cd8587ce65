#pragma once

#include <filesystem>
#include <utility>

#include "sync/base/result.h"

namespace fieldnode::db {

/// An advisory lock held for an object's life: one process, one writer. The kernel gives it back when the process dies,
/// however it dies, so a lock is never stale. The file itself stays: removing it would race with the next owner.
class LockFile {
 public:
  /// Creates `path` (mode 0600) if need be and locks it without waiting.
  /// Errors: database_in_use when another holder lives; storage_read_only, no_data_directory or storage_failed when the
  /// file cannot be made.
  [[nodiscard]] static Result<LockFile> take(std::filesystem::path const& path);

  LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  LockFile& operator=(LockFile&&) = delete;
  ~LockFile();

 private:
  explicit LockFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace fieldnode::db

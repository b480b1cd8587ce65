#pragma once

#include <cstdint>
#include <filesystem>

#include "sync/base/bytes.h"
#include "sync/base/result.h"

namespace fieldnode::blobs {

/// A file of the disk by its descriptor, closed with the object.
class DiskFile {
 public:
  enum class Use { kRead, kWrite };

  /// kWrite makes the file (0600) where there is none. `is_open` is false where it is missing.
  /// Errors: a BrokenWorld with the system's reason.
  DiskFile(std::filesystem::path const& path, Use use);
  DiskFile(DiskFile const&) = delete;
  DiskFile& operator=(DiskFile const&) = delete;
  ~DiskFile();

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] std::uint64_t size() const;
  /// At most `most` bytes; fewer at the end of the file.
  [[nodiscard]] Bytes read(std::uint64_t offset, std::size_t most) const;
  /// Errors: `disk_full`; any other fault is a BrokenWorld.
  [[nodiscard]] Result<void> write(std::uint64_t offset, BytesView bytes) const;
  void cut_to(std::uint64_t size) const;
  /// On disk when it returns. Errors: `disk_full`.
  [[nodiscard]] Result<void> flush() const;

 private:
  [[noreturn]] void fail(char const* what) const;

  std::filesystem::path path_;
  int descriptor_{-1};
};

/// The directory itself, so that a new name in it outlives a power cut.
void flush_directory(std::filesystem::path const& path);

[[nodiscard]] Refusal disk_full();

}  // namespace fieldnode::blobs

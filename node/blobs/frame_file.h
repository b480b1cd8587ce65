#pragma once

#include <cstdint>
#include <filesystem>

#include "node/db/folder.h"
#include "sync/base/bytes.h"
#include "sync/base/random.h"
#include "sync/base/result.h"
#include "sync/crypto/seal.h"

namespace fieldnode::blobs {

/// So much of the content stands in one sealed frame.
inline constexpr std::uint64_t kFrameBytes = 64 * 1024;

/// The content of one attachment on disk: sealed frames one after another, all of `kFrameBytes` but the last, each
/// bound to its place. So a part is read without the rest, and a frame that was moved or changed does not open.
///
/// While it grows, what does not fill a frame stands in a file beside it (`.tail`), which is replaced as a whole; what
/// was taken is on disk when `append` returns. A kill at any moment leaves what was taken before, or more.
/// Thread: one at a time.
class FrameFile {
 public:
  /// Nothing is opened or made yet. `size`: of the whole content. `random` gives nonces.
  FrameFile(db::Folder& folder, std::filesystem::path path, crypto::SealKey const& key, std::uint64_t size,
            Random& random);
  FrameFile(FrameFile const&) = delete;
  FrameFile& operator=(FrameFile const&) = delete;
  ~FrameFile();

  /// How much of the content is held and opens. What a power cut has left half written is not counted.
  [[nodiscard]] std::uint64_t held();
  /// Adds to what is held. Shape: not more than is missing.
  /// Errors: `disk_full`, those of `Folder::create`; any other fault of the disk is a BrokenWorld.
  [[nodiscard]] Result<void> append(BytesView bytes);
  /// At most `most` bytes from `offset`; less only at the end.
  /// Errors: `attachment_damaged` when a frame is missing or does not open.
  [[nodiscard]] Result<Bytes> read(std::uint64_t offset, std::uint64_t most);
  /// SHA-256 of the whole content, read back from the disk. Errors: as for `read`.
  [[nodiscard]] Result<Hash> digest();

 private:
  [[nodiscard]] std::filesystem::path tail_path() const;
  /// The frames that are held whole.
  [[nodiscard]] std::uint64_t full_frames();
  [[nodiscard]] Bytes tail(std::uint64_t frame);
  [[nodiscard]] Result<Bytes> frame(std::uint64_t index);
  [[nodiscard]] Result<void> write_frames(std::uint64_t first, BytesView content);
  [[nodiscard]] Result<void> keep_tail(std::uint64_t frame, BytesView rest);
  [[nodiscard]] std::uint64_t frames_in_all() const;

  db::Folder& folder_;
  std::filesystem::path path_;
  crypto::SealKey key_;
  std::uint64_t size_;
  Random& random_;
};

}  // namespace fieldnode::blobs

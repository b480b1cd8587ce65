#pragma once

#include <cstdint>

#include "node/blobs/blob_store.h"

namespace fieldnode::blobs {

/// What a page has sent is kept for so long after its last piece: a draft may still want it.
inline constexpr std::chrono::hours kUploadKept{48};

struct Swept {
  std::uint64_t blobs{};  ///< rows with their files
  std::uint64_t files{};  ///< which a stop or a destroyed key has left: without a row, or beside a whole one
  std::uint64_t lost{};   ///< rows without a file, as a database has them that was restored alone: they come again
};

/// Takes away what nobody names any more: uploads that no act used, files of redacted entries, files whose data key was
/// destroyed. Errors: those of the writer.
[[nodiscard]] Result<Swept> sweep_blobs(BlobStore& store, UtcTime now);

}  // namespace fieldnode::blobs

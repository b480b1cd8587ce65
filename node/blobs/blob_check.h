#pragma once

#include <cstdint>

#include "node/blobs/blob_file.h"

namespace fieldnode::blobs {

/// How much of the content a check reads. kEnds: the first and the last frame of each file. kWhole: every byte.
enum class Depth { kEnds, kWhole };

struct CheckedBlobs {
  std::uint64_t named{};    ///< different files that entries name
  std::uint64_t here{};     ///< of them; the others have not come yet
  std::uint64_t checked{};  ///< files that were read
};

/// Reads what is here. Reads only. Errors: `attachment_damaged` names the file.
[[nodiscard]] Result<CheckedBlobs> check_blobs(db::Connection& connection, BlobFiles const& files, Depth depth);

}  // namespace fieldnode::blobs

#include "node/blobs/chunk_pace.h"

#include <algorithm>

namespace fieldnode::blobs {
namespace {

constexpr Milliseconds kWanted{1'500};

std::uint64_t rounded(std::uint64_t bytes) {
  return std::clamp(bytes / kChunkLeastBytes * kChunkLeastBytes, kChunkLeastBytes, kChunkMostBytes);
}

}  // namespace

void ChunkPace::took(std::uint64_t bytes, Milliseconds time) {
  auto const spent = static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 1));
  auto const fits = bytes * static_cast<std::uint64_t>(kWanted.count()) / spent;
  // The last chunk of a file is a short one, and says only that the link is thin, if it is.
  if (bytes < bytes_ && time < kWanted) return;
  bytes_ = rounded(std::min(fits, bytes_ * 2));
}

void ChunkPace::broke() { bytes_ = rounded(bytes_ / 2); }

}  // namespace fieldnode::blobs

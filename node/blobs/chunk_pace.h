#pragma once

#include <cstdint>

#include "sync/base/time.h"

namespace fieldnode::blobs {

inline constexpr std::uint64_t kChunkLeastBytes = 4 * 1024;
inline constexpr std::uint64_t kChunkMostBytes = 1024 * 1024;

/// How much of a file goes at once, so that an entry which comes meanwhile waits for a second or two of the link and
/// an interruption costs no more than that: measured on each chunk, small at first.
class ChunkPace {
 public:
  /// Units: bytes, a multiple of `kChunkLeastBytes`.
  [[nodiscard]] std::uint64_t next() const { return bytes_; }
  void took(std::uint64_t bytes, Milliseconds time);
  /// There was nothing to carry for a while: what was measured may be of another link.
  void rested() { *this = {}; }
  /// The link broke under it: it may be a thinner one now.
  void broke();

 private:
  std::uint64_t bytes_{16 * 1024};
};

}  // namespace fieldnode::blobs

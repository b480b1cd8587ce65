#pragma once

#include <zstd.h>

#include <memory>
#include <optional>

#include "sync/base/bytes.h"
#include "sync/base/result.h"

/// zstd under this room's limits, as streams. Private to this room.
namespace fieldnode::wire {

/// Windows above this would let a peer take our memory; fields that compress better than the ratio would let a few
/// bytes take our time, so they travel uncompressed. Units: log2 of bytes; bytes out for a byte in.
inline constexpr int kWindowLogMax = 20;
inline constexpr std::size_t kRatioMax = 256;
inline constexpr std::size_t kRatioFloorBytes = 64 * 1024;

/// To how many bytes of fields `compressed` bytes may unpack.
[[nodiscard]] std::size_t most_fields_from(std::size_t compressed);
[[nodiscard]] Refusal too_many_fields(std::size_t most);

/// One zstd frame, written in parts.
class ZstdWriter {
 public:
  /// Units: `level` is zstd's, 1 to 19. Shape: `total` bytes will be written in all.
  ZstdWriter(int level, std::size_t total);
  /// Appends to `out` what makes `part` readable; `is_last` closes the frame.
  void write(BytesView part, bool is_last, Bytes& out);

 private:
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context_;
};

/// One zstd frame, read in pieces. What comes out is bounded by what it was made from up to there, so that the same is
/// refused however the frame arrives.
class ZstdReader {
 public:
  /// `whole`: the size of the frame, where all of it is there: then all of it counts from the first byte on.
  explicit ZstdReader(std::optional<std::size_t> whole = std::nullopt);
  /// Appends what `piece` unpacks to. `offset`: where the frame begins in the message, for refusals.
  /// Errors: `malformed_message`, `message_too_large`.
  [[nodiscard]] Result<void> read(BytesView piece, std::size_t offset, Bytes& out);
  [[nodiscard]] bool is_at_end() const { return is_at_end_; }

 private:
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
  std::optional<std::size_t> whole_;
  std::size_t read_{0};
  std::size_t gave_{0};
  bool is_at_end_{false};
};

}  // namespace fieldnode::wire

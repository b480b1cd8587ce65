#include "sync/wire/zstd_stream.h"

#include <algorithm>
#include <array>
#include <string>

#include "sync/base/check.h"
#include "sync/wire/exchange.h"

namespace fieldnode::wire {
namespace {

Refusal malformed(std::size_t offset, std::string const& why) {
  return refuse("malformed_message", "The message cannot be read at byte " + std::to_string(offset) + ": " + why + ".");
}

void set(ZSTD_CCtx* context, ZSTD_cParameter parameter, int value) {
  check(ZSTD_isError(ZSTD_CCtx_setParameter(context, parameter, value)) == 0, "zstd takes our settings");
}

}  // namespace

std::size_t most_fields_from(std::size_t compressed) {
  return std::min(kMessageMaxBytes, kRatioFloorBytes + kRatioMax * compressed);
}

Refusal too_many_fields(std::size_t most) {
  return refuse("message_too_large",
                "The message unpacks to more than " + std::to_string(most) + " bytes; send it in smaller parts.");
}

ZstdWriter::ZstdWriter(int level, std::size_t total) : context_(ZSTD_createCCtx(), &ZSTD_freeCCtx) {
  if (!context_) throw BrokenWorld("no memory to compress a message");
  set(context_.get(), ZSTD_c_compressionLevel, level);
  // A window that is set by hand counts for the least of inputs too, so it is set only where zstd might exceed it.
  if (total > (std::size_t{1} << kWindowLogMax)) set(context_.get(), ZSTD_c_windowLog, kWindowLogMax);
  check(ZSTD_isError(ZSTD_CCtx_setPledgedSrcSize(context_.get(), total)) == 0, "zstd takes the size");
}

void ZstdWriter::write(BytesView part, bool is_last, Bytes& out) {
  ZSTD_inBuffer input{part.data(), part.size(), 0};
  std::array<std::uint8_t, 16 * 1024> piece;
  for (std::size_t left = 1; left != 0;) {
    ZSTD_outBuffer output{piece.data(), piece.size(), 0};
    left = ZSTD_compressStream2(context_.get(), &output, &input, is_last ? ZSTD_e_end : ZSTD_e_flush);
    if (ZSTD_isError(left) != 0) throw BrokenWorld(std::string("zstd: ") + ZSTD_getErrorName(left));
    out.insert(out.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(output.pos));
  }
}

ZstdReader::ZstdReader(std::optional<std::size_t> whole) : context_(ZSTD_createDCtx(), &ZSTD_freeDCtx), whole_(whole) {
  if (!context_) throw BrokenWorld("no memory to unpack a message");
  ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kWindowLogMax);
}

Result<void> ZstdReader::read(BytesView piece, std::size_t offset, Bytes& out) {
  ZSTD_inBuffer input{piece.data(), piece.size(), 0};
  std::array<std::uint8_t, 16 * 1024> space;
  for (bool moves = true; moves;) {
    if (is_at_end_ && input.pos < input.size) {
      return malformed(offset + read_ + input.pos, "bytes follow the compressed fields");
    }
    if (is_at_end_) break;
    ZSTD_outBuffer output{space.data(), space.size(), 0};
    auto const before = input.pos;
    auto const wanted = ZSTD_decompressStream(context_.get(), &output, &input);
    if (ZSTD_isError(wanted) != 0) return malformed(offset + read_ + input.pos, ZSTD_getErrorName(wanted));
    auto const most = most_fields_from(whole_.value_or(read_ + input.pos));
    gave_ += output.pos;
    if (gave_ > most) return too_many_fields(most);
    out.insert(out.end(), space.begin(), space.begin() + static_cast<std::ptrdiff_t>(output.pos));
    is_at_end_ = wanted == 0;
    moves = input.pos > before || output.pos > 0;
  }
  read_ += input.pos;
  return {};
}

}  // namespace fieldnode::wire

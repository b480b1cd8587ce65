#include "sync/wire/frame.h"

#include <zstd.h>

#include <algorithm>
#include <memory>

#include "sync/base/check.h"
#include "sync/wire/archive.h"
#include "sync/wire/exchange.h"

namespace fieldnode::wire {
namespace {

enum class Method : std::uint8_t { kPlain = 0, kZstd = 1 };

using Compressor = std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)>;
using Decompressor = std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)>;

Refusal malformed(std::size_t offset, std::string const& why) {
  return refuse("malformed_message", "The message cannot be read at byte " + std::to_string(offset) + ": " + why + ".");
}

Refusal too_large(std::size_t most) {
  return refuse("message_too_large",
                "The message unpacks to more than " + std::to_string(most) + " bytes; send it in smaller parts.");
}

std::size_t most_from(std::size_t compressed) {
  return std::min(kMessageMaxBytes, kRatioFloorBytes + kRatioMax * compressed);
}

void set(ZSTD_CCtx* context, ZSTD_cParameter parameter, int value) {
  check(ZSTD_isError(ZSTD_CCtx_setParameter(context, parameter, value)) == 0, "zstd takes our settings");
}

Bytes compressed(BytesView fields, int level) {
  Compressor const context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
  if (!context) throw BrokenWorld("no memory to compress a message");
  set(context.get(), ZSTD_c_compressionLevel, level);
  // A window that is set by hand counts for the least of inputs too, so it is set only where zstd might exceed it.
  if (fields.size() > (std::size_t{1} << kWindowLogMax)) set(context.get(), ZSTD_c_windowLog, kWindowLogMax);
  Bytes out(ZSTD_compressBound(fields.size()));
  auto const size = ZSTD_compress2(context.get(), out.data(), out.size(), fields.data(), fields.size());
  if (ZSTD_isError(size) != 0) throw BrokenWorld(std::string("zstd: ") + ZSTD_getErrorName(size));
  out.resize(size);
  return out;
}

/// One zstd frame that fills `bytes` exactly. `offset`: where it stands in the message, for refusals.
Result<Bytes> decompressed(BytesView bytes, std::size_t offset) {
  Decompressor const context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  if (!context) throw BrokenWorld("no memory to unpack a message");
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kWindowLogMax);
  auto const most = most_from(bytes.size());
  Bytes out;
  std::array<std::uint8_t, 16 * 1024> piece;
  ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
  for (std::size_t wanted = 1; wanted != 0;) {
    ZSTD_outBuffer output{piece.data(), piece.size(), 0};
    auto const before = input.pos;
    wanted = ZSTD_decompressStream(context.get(), &output, &input);
    if (ZSTD_isError(wanted) != 0) return malformed(offset + input.pos, ZSTD_getErrorName(wanted));
    if (output.pos > most - out.size()) return too_large(most);
    out.insert(out.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(output.pos));
    bool const stuck = input.pos == before && output.pos == 0;
    if (wanted != 0 && stuck) return malformed(offset + input.pos, "the compressed fields end too early");
  }
  if (input.pos != input.size) return malformed(offset + input.pos, "bytes follow the compressed fields");
  return out;
}

Result<Bytes> fields_of(Method method, BytesView bytes, std::size_t offset) {
  if (method == Method::kZstd) return decompressed(bytes, offset);
  if (bytes.size() > kMessageMaxBytes) return too_large(kMessageMaxBytes);
  return Bytes(bytes.begin(), bytes.end());
}

struct Head {
  Magic magic{};
  std::uint32_t protocol{};
  std::uint8_t method{};
  std::size_t size{};
};

/// Nothing after a newer protocol number is read: it may be laid out in another way.
Head get_head(PackedInput& input) {
  Head head;
  input(head.magic, head.protocol);
  if (head.protocol <= kProtocolVersion) input(head.method);
  head.size = input.offset();
  return head;
}

}  // namespace

Bytes pack_frame(Magic const& magic, std::uint32_t protocol, BytesView fields, int level) {
  check(fields.size() <= kMessageMaxBytes, "a message is at most kMessageMaxBytes; the caller bounds what it packs");
  Bytes const shorter = compressed(fields, level);
  bool const plain = shorter.size() >= fields.size() || fields.size() > most_from(shorter.size());
  PackedOutput output;
  output(magic, protocol, plain ? Method::kPlain : Method::kZstd);
  output.put_bytes(plain ? fields : BytesView(shorter));
  return output.take();
}

Result<Frame> unpack_frame(Magic const& magic, BytesView bytes) {
  auto const head = decoded(bytes, "malformed_message", "message", get_head);
  if (!head) return head.error();
  if (head->magic != magic) return malformed(0, "it is not a message of this exchange");
  if (head->protocol > kProtocolVersion) {
    return refuse("newer_protocol", "The message speaks protocol " + std::to_string(head->protocol) +
                                        ", this program speaks " + std::to_string(kProtocolVersion) +
                                        " at most; use the older one, or upgrade this end.");
  }
  if (head->protocol == 0) return malformed(magic.size(), "there is no protocol 0");
  if (head->method > static_cast<std::uint8_t>(Method::kZstd)) {
    return malformed(head->size - 1, "compression method " + std::to_string(head->method) + " is not known");
  }
  auto fields = fields_of(static_cast<Method>(head->method), bytes.subspan(head->size), head->size);
  if (!fields) return fields.error();
  return Frame{head->protocol, std::move(*fields)};
}

}  // namespace fieldnode::wire

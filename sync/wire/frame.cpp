#include "sync/wire/frame.h"

#include <string>

#include "sync/base/check.h"
#include "sync/wire/archive.h"
#include "sync/wire/exchange.h"
#include "sync/wire/zstd_stream.h"

namespace fieldnode::wire {
namespace {

Refusal malformed(std::size_t offset, std::string const& why) {
  return refuse("malformed_message", "The message cannot be read at byte " + std::to_string(offset) + ": " + why + ".");
}

Bytes compressed(BytesView fields, int level) {
  Bytes out;
  ZstdWriter(level, fields.size()).write(fields, true, out);
  return out;
}

/// One zstd frame that fills `bytes` exactly. `offset`: where it stands in the message, for refusals.
Result<Bytes> decompressed(BytesView bytes, std::size_t offset) {
  ZstdReader reader(bytes.size());
  Bytes out;
  if (auto const read = reader.read(bytes, offset, out); !read) return read.error();
  if (!reader.is_at_end()) return malformed(offset + bytes.size(), "the compressed fields end too early");
  return out;
}

Result<Bytes> fields_of(Method method, BytesView bytes, std::size_t offset) {
  if (method == Method::kZstd) return decompressed(bytes, offset);
  if (bytes.size() > kMessageMaxBytes) return too_many_fields(kMessageMaxBytes);
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
  bool const plain = shorter.size() >= fields.size() || fields.size() > most_fields_from(shorter.size());
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

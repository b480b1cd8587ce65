#include <algorithm>
#include <string>
#include <utility>

#include "sync/base/check.h"
#include "sync/wire/exchange_stream.h"

using namespace fieldnode;

namespace {

void try_request(BytesView bytes) {
  auto const request = wire::decode_request(bytes);
  if (!request) return;
  check(wire::decode_request(wire::encode_request(*request, 1)) == *request, "a request comes back");
}

void try_reply(BytesView bytes) {
  auto const reply = wire::decode_reply(bytes);
  if (!reply) return;
  check(wire::decode_reply(wire::encode_reply(*reply, 1)) == *reply, "a reply comes back");
}

/// What a reader makes of a message that comes in pieces of `size` bytes, and how it ends.
template <class Reader>
auto in_pieces(BytesView bytes, std::size_t size) {
  Reader reader;
  auto parts = reader.take({}).value();
  while (!bytes.empty()) {
    auto more = reader.take(bytes.first(std::min(size, bytes.size())));
    if (!more) return std::pair(std::move(parts), more.error().code);
    for (auto& part : *more) parts.push_back(std::move(part));
    bytes = bytes.subspan(std::min(size, bytes.size()));
  }
  auto last = reader.finish();
  if (!last) return std::pair(std::move(parts), last.error().code);
  for (auto& part : *last) parts.push_back(std::move(part));
  return std::pair(std::move(parts), std::string());
}

template <class Reader>
void try_stream(BytesView bytes) {
  auto const whole = in_pieces<Reader>(bytes, bytes.size() + 1);
  auto const slow = in_pieces<Reader>(bytes, 7);
  bool const same = whole.second == slow.second && (whole.first == slow.first || !whole.second.empty());
  check(same, "the same comes of a message however it arrives");
}

/// The fields in an uncompressed frame: the way past zstd, which a fuzzer does not find by itself.
Bytes plain_message(char kind, BytesView fields, char method = '\0') {
  Bytes message;
  message.reserve(fields.size() + 6);
  for (char const c : {'F', 'N', 'X', kind, '\1', method}) message.push_back(static_cast<std::uint8_t>(c));
  for (auto const byte : fields) message.push_back(byte);
  return message;
}

void try_receipt(BytesView bytes) {
  auto const receipt = wire::unpack_receipt(bytes);
  if (!receipt) return;
  check(wire::unpack_receipt(wire::pack_receipt(*receipt)) == *receipt, "a receipt comes back");
  check(wire::anchor_id(*receipt) != 0, "every receipt has a name");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  BytesView const bytes(data, size);
  try_request(bytes);
  try_reply(bytes);
  try_request(plain_message('Q', bytes));
  try_reply(plain_message('R', bytes));
  try_receipt(bytes);
  try_stream<wire::RequestReader>(bytes);
  try_stream<wire::ReplyReader>(bytes);
  try_stream<wire::RequestReader>(plain_message('Q', bytes, '\3'));
  try_stream<wire::ReplyReader>(plain_message('R', bytes, '\3'));
  return 0;
}

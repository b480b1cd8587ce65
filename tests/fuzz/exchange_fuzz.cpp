#include "sync/base/check.h"
#include "sync/wire/exchange.h"

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

/// The fields in an uncompressed frame: the way past zstd, which a fuzzer does not find by itself.
Bytes plain_message(char kind, BytesView fields) {
  Bytes message;
  message.reserve(fields.size() + 6);
  for (char const c : {'F', 'N', 'X', kind, '\1', '\0'}) message.push_back(static_cast<std::uint8_t>(c));
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
  return 0;
}

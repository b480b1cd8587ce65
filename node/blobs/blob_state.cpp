#include "node/blobs/blob_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace fieldnode::blobs {
namespace {

constexpr std::size_t kStateBytes = 17;

void append_number(Bytes& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

std::uint64_t number_at(BytesView bytes) {
  std::uint64_t number = 0;
  for (auto const byte : bytes.first(8)) number = number << 8U | byte;
  return number;
}

}  // namespace

Bytes pack_blob_state(BlobState const& state) {
  Bytes out{static_cast<std::uint8_t>(state.here ? 1 : 0)};
  append_number(out, state.held);
  append_number(out, state.size);
  return out;
}

Result<BlobState> unpack_blob_state(BytesView bytes) {
  if (bytes.size() == kStateBytes && bytes[0] <= 1) {
    BlobState const state{
        .held = number_at(bytes.subspan(1)), .size = number_at(bytes.subspan(9)), .here = bytes[0] == 1};
    if (state.held <= state.size && (!state.here || state.held == state.size)) return state;
  }
  return refuse("malformed_message", "The other end said of a file what cannot be; nothing was changed.");
}

std::string blob_path(BlobKey const& key) {
  return fmt::format("/sync/v1/blobs/{}/{}", key.assignment.value, to_hex(key.address));
}

std::optional<BlobKey> read_blob_key(std::string_view assignment, std::string_view address) {
  auto const id = read_offset(assignment);
  auto const hash = read_address(address);
  if (!id || *id == 0 || !hash) return std::nullopt;
  return BlobKey{AssignmentId{*id}, *hash};
}

std::optional<Hash> read_address(std::string_view text) {
  auto const bytes = text.size() == 64 ? from_hex(text) : std::nullopt;
  if (!bytes) return std::nullopt;
  Hash address{};
  std::ranges::copy(*bytes, address.begin());
  return address;
}

std::optional<std::uint64_t> read_offset(std::string_view text) {
  std::uint64_t number = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace fieldnode::blobs

#include <algorithm>

#include "node/blobs/blob_name.h"
#include "node/blobs/blob_state.h"
#include "node/blobs/media_kind.h"
#include "node/net/byte_range.h"
#include "sync/base/check.h"

using namespace fieldnode;

namespace {

void try_state(BytesView bytes) {
  auto const state = blobs::unpack_blob_state(bytes);
  if (!state) return;
  check(state->held <= state->size, "more is held than there is");
  check(!state->here || state->held == state->size, "here, and not whole");
  auto const packed = blobs::pack_blob_state(*state);
  check(std::ranges::equal(packed, bytes), "a state has one form");
}

void try_name(std::string_view name) {
  auto const harmless = blobs::harmless_name(name);
  check(blobs::admit_name(harmless).has_value(), "a harmless name is not admitted");
  if (blobs::admit_name(name)) check(harmless == name, "an admitted name was changed");
}

void try_range(std::string_view header) {
  for (std::uint64_t const size : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 31U, UINT64_MAX}) {
    auto const [asked, range] = net::read_range(header, size);
    check(range.from <= size && range.count <= size - range.from, "a range beyond the end");
    check(asked != net::RangeAsked::kPart || range.count > 0, "a part of nothing");
  }
}

void try_path(std::string_view text) {
  auto const cut = text.find('/');
  if (cut == text.npos) return;
  auto const key = blobs::read_blob_key(text.substr(0, cut), text.substr(cut + 1));
  if (key) check(key->assignment.value != 0, "a file of no assignment");
}

}  // namespace

/// Everything that is read of a file before its content is kept: what the other end says of it, its name, its first
/// bytes, a path, a Range header.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  BytesView const bytes{data, size};
  try_state(bytes);
  try_name(text_of(bytes));
  try_range(text_of(bytes));
  try_path(text_of(bytes));
  auto const kind = blobs::admit_media(bytes, "a.jpg");
  if (kind) check(*kind == blobs::MediaKind::kJpeg, "another kind was admitted as a photo");
  return 0;
}

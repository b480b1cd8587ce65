#include <algorithm>

#include "sync/base/check.h"
#include "sync/wire/entry.h"

using namespace fieldnode;

namespace {

wire::ListName const kList{wire::ListKind::kJournal, UnitId{1}, NodeId{2}, Epoch{3}};
std::optional<wire::SaltKeys> const kKeys = wire::SaltKeys{};

/// What was read once is written and read again as the same.
void try_skeleton(BytesView bytes) {
  auto const skeleton = wire::decode_skeleton(bytes);
  if (!skeleton || std::holds_alternative<rules::UnknownPayload>(skeleton->payload)) return;
  auto const again = wire::encode_entry(*skeleton, {}, {});
  check(again.has_value(), "a skeleton that was read can be written");
  check(wire::decode_skeleton(again->skeleton) == *skeleton, "a skeleton comes back");
}

void try_parts(BytesView bytes) {
  if (auto const body = wire::decode_body(bytes)) (void)body->text(wire::TextTag::kNote);
  (void)wire::decode_contact(bytes);
}

/// Stored forms have one spelling, and erasing never changes a leaf.
void try_entry(BytesView bytes) {
  auto const entry = wire::unpack_entry(bytes);
  if (!entry) return;
  auto const packed = wire::pack_entry(*entry);
  check(std::ranges::equal(packed, bytes), "an entry packs to the bytes it came from");
  try_skeleton(entry->skeleton);
  try_parts(entry->body.bytes);
  try_parts(entry->contact.bytes);
  auto const leaf = wire::leaf_of(*entry, kList, 1, kKeys);
  auto const rest = wire::erased(*entry, {.body = true, .contact = true}, kList, 1, kKeys);
  check(wire::leaf_of(*rest, kList, 1, std::nullopt) == leaf, "an erased entry keeps its leaf");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  BytesView const bytes(data, size);
  try_entry(bytes);
  try_skeleton(bytes);
  try_parts(bytes);
  return 0;
}

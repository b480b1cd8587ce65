#pragma once

#include "sync/wire/archive.h"
#include "sync/wire/exchange.h"

/// Signed objects inside a message or a stored row. Private to this room.
namespace fieldnode::wire {

void put_receipt(PackedOutput& output, Receipt const& receipt);
[[nodiscard]] Receipt get_receipt(PackedInput& input);

template <class Archive>
void serialize(Archive& archive, ListName& list) {
  archive(list.kind, list.unit, list.node, list.epoch);
}
template <class Archive>
void serialize(Archive& archive, SignedHead& head) {
  archive(head.suite, head.list, head.seq, head.hash, head.signature);
}

}  // namespace fieldnode::wire

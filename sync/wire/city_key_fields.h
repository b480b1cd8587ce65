#pragma once

#include "sync/wire/archive.h"
#include "sync/wire/city_keys.h"

namespace fieldnode::wire {

/// The packed fields, one list for both directions. Private to this room.
template <class Archive>
void serialize(Archive& archive, CityRoot& root) {
  archive(root.suite);
  archive.fixed(root.key_id);
  archive(root.root, root.signature);
}

template <class Archive>
void serialize(Archive& archive, CityKeyStep& step) {
  archive(step.suite, step.change);
  archive.fixed(step.old_id);
  archive(step.old_key);
  archive.fixed(step.new_id);
  archive(step.new_key, step.at, step.by_voucher, step.by_new);
}

}  // namespace fieldnode::wire

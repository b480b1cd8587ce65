#pragma once

#include "sync/base/random.h"
#include "sync/wire/entry.h"

namespace fieldnode::central {

/// Fresh salt keys for a dispatch or an opening.
[[nodiscard]] inline wire::SaltKeys draw_salt_keys(Random& random) {
  wire::SaltKeys keys;
  random.fill(keys.body);
  random.fill(keys.contact);
  return keys;
}

}  // namespace fieldnode::central

#pragma once

#include <sodium.h>

#include "sync/base/result.h"

namespace fieldnode::crypto {

/// Chooses libsodium's fast paths, once, on any thread. Private to this room: it opens the library's door.
/// Errors: throws BrokenWorld when the library cannot start.
inline void start_library() {
  static bool const kStarted = sodium_init() >= 0;
  if (!kStarted) throw BrokenWorld("libsodium did not start");
}

}  // namespace fieldnode::crypto

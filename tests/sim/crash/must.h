#pragma once

#include <type_traits>
#include <utility>

#include "sync/base/result.h"

namespace fieldnode::sim {

/// For what is refused only where the world broke.
template <class T>
T must(Result<T> result) {
  if (!result) throw BrokenWorld(result.error().code + ": " + result.error().sentence);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace fieldnode::sim

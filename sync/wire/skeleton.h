#pragma once

#include "sync/rules/entry.h"

namespace fieldnode::wire {

/// The bytes of a skeleton, made once. Shape: `payload` is the one of `kind`, and the kind is known.
[[nodiscard]] Bytes skeleton_bytes(rules::Skeleton const& skeleton);

}  // namespace fieldnode::wire

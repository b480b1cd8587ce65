#pragma once

#include "sync/base/result.h"

namespace fieldnode::web {

/// True where nothing that was asked for or typed could have prevented it: a disk, a link, the other end, a list that
/// is not what it was. A command then ends with 1 and may be tried again; for every other refusal it ends with 2, and
/// something else must be typed or brought.
[[nodiscard]] bool is_failure(Refusal const& refusal);

}  // namespace fieldnode::web

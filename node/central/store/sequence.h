#pragma once

#include <cstdint>
#include <string_view>

#include "node/db/connection.h"

namespace fieldnode::central {

/// The next number of a kind of thing, in the caller's transaction. Counts from 1 and repeats none.
[[nodiscard]] std::uint64_t next_number(db::Connection& connection, std::string_view of);

}  // namespace fieldnode::central

#pragma once

#include <span>

#include "node/db/connection.h"
#include "node/db/migrations.h"

namespace fieldnode::central {

/// Stands in the header of a centre's database: "fnCE".
inline constexpr std::uint32_t kCentralFile = 0x666E4345;

/// Every step of the centre's schema, in order.
[[nodiscard]] std::span<db::Migration const> central_migrations();

}  // namespace fieldnode::central

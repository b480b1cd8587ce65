#pragma once

#include <span>

#include "node/db/migrations.h"

namespace fieldnode::office {

/// The steps of an office's database: the tables that both programs have, then its own.
[[nodiscard]] std::span<db::Migration const> migrations();

}  // namespace fieldnode::office

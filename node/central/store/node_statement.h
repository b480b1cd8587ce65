#pragma once

#include "node/central/store/records.h"
#include "sync/engine/exchange_server.h"
#include "sync/wire/node_statement.h"

namespace fieldnode::central {

/// The city's word on a node, signed: which key signs which journal. The same whenever it is asked for.
[[nodiscard]] wire::NodeStatement statement_on(NodeRecord const& node, engine::CityKey const& city);

}  // namespace fieldnode::central

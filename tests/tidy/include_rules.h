#pragma once

#include "tests/tidy/source_tree.h"

namespace fieldnode::tidy {

/// Includes only point down: a room may include itself and the rooms its row names, always by the path from the top.
/// Headers made by fieldnode_embed() are open to sync/rules, node/office and node/central.
[[nodiscard]] Violations check_layers(Tree const& tree);

/// One foreign door per library: a header of another project only where its row says. A library without a row fails.
[[nodiscard]] Violations check_foreign_doors(Tree const& tree);

}  // namespace fieldnode::tidy

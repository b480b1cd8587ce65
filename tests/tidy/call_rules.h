#pragma once

#include "tests/tidy/source_tree.h"

namespace fieldnode::tidy {

/// Hidden clocks, hidden chance, waiting, shells and the environment: each only in its one home.
/// Covers sync/ and node/, for clocks, chance and waiting also tests/unit/; the other tests drive real programs in real
/// time.
[[nodiscard]] Violations check_banned_calls(Tree const& tree);

/// SQL must not ask the machine for time or chance either: both come in as parameters.
[[nodiscard]] Violations check_banned_sql(Tree const& tree);

}  // namespace fieldnode::tidy

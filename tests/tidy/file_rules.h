#pragma once

#include "tests/tidy/source_tree.h"

namespace fieldnode::tidy {

/// Each .cpp is named in the nearest CMakeLists.txt (or in packaging/cmake), each .sql and .json of schema/ in
/// schema/CMakeLists.txt, each .h is included by a file other than its own .cpp.
[[nodiscard]] Violations check_dead_files(Tree const& tree);

/// No code file over 500 lines, no C++ function over 60.
[[nodiscard]] Violations check_lengths(Tree const& tree);

/// No room or file is called util, common, helper, manager, impl or misc: such a name takes in anything.
[[nodiscard]] Violations check_names(Tree const& tree);

/// Every header begins with `#pragma once`.
[[nodiscard]] Violations check_header_guards(Tree const& tree);

}  // namespace fieldnode::tidy

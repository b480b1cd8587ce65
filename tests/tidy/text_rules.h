#pragma once

#include "tests/tidy/source_tree.h"

namespace fieldnode::tidy {

/// No note to come back later: what is not done is in the tracker, not in the sources.
[[nodiscard]] Violations check_no_postponed_work(Tree const& tree);

/// No path of somebody's machine (home folders, fixed temporary folders) in sources, scripts or documents.
[[nodiscard]] Violations check_no_host_paths(Tree const& tree);

/// Each bash script stops at its first failure.
[[nodiscard]] Violations check_scripts_are_strict(Tree const& tree);
[[nodiscard]] bool is_bash_script(std::string_view text);

}  // namespace fieldnode::tidy

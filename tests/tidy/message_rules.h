#pragma once

#include "tests/tidy/source_tree.h"

namespace fieldnode::tidy {

/// The pages speak Chinese and English alike: ui-web/messages/{zh-CN,en}.json are flat objects of non-empty texts with
/// the same keys and, per key, the same {placeholders}. Both must exist once ui-web has sources. The same holds for the
/// words of one page, such as central.{zh-CN,en}.json.
[[nodiscard]] Violations check_messages(Tree const& tree);

}  // namespace fieldnode::tidy

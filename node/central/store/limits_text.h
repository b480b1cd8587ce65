#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/rules/entry.h"

namespace fieldnode::central {

/// A case's own limits as the text of a column, and back. Errors: a BrokenWorld when the text is not ours.
[[nodiscard]] std::string text_of(std::vector<rules::OwnLimit> const& limits);
[[nodiscard]] std::vector<rules::OwnLimit> limits_of(std::string_view text);

}  // namespace fieldnode::central

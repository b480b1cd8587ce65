#pragma once

#include <string>
#include <string_view>

namespace fieldnode::central {

/// The digits that are dialled, however the number was written: blanks, dashes and China's own prefix left out. Empty
/// for what is too short to tell one caller from another.
[[nodiscard]] std::string dialled_digits(std::string_view text);

}  // namespace fieldnode::central

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fieldnode::web {

/// A QR code of `text`, row by row: `1` dark, `0` light, the quiet zone not included. Error correction M, the smallest
/// version that holds it.
[[nodiscard]] std::vector<std::string> qr_rows(std::string_view text);

/// For a terminal, two rows a line, with its quiet zone; dark on light whatever the terminal's colours.
[[nodiscard]] std::string qr_for_terminal(std::vector<std::string> const& rows);

}  // namespace fieldnode::web

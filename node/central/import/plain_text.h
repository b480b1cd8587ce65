#pragma once

#include <string>
#include <string_view>

namespace fieldnode::central {

/// True when `text` is well-formed UTF-8 (no overlong forms, no surrogates).
[[nodiscard]] bool is_utf8(std::string_view text);

/// `text` with every byte that is no UTF-8 replaced by U+FFFD, so that it may be shown and stored.
[[nodiscard]] std::string shown_as_utf8(std::string_view text);

/// Without blanks at both ends: space, tab, line breaks, no-break space and the ideographic space U+3000.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Full-width letters, digits and signs (U+FF01..U+FF5E, U+3000) as their ASCII forms; input methods produce both.
[[nodiscard]] std::string half_width(std::string_view text);

/// A code, number, time or name of a column as a person meant it: trimmed, half-width, out of Excel's `="..."`
/// wrapping.
[[nodiscard]] std::string tidy_code(std::string_view text);

/// True for `1.38E+10`: a spreadsheet has replaced the digits by an approximation, the rest is gone.
[[nodiscard]] bool is_spreadsheet_number(std::string_view code);

/// The first `count` characters (not bytes) of well-formed UTF-8.
[[nodiscard]] std::string_view first_characters(std::string_view text, std::size_t count);

}  // namespace fieldnode::central

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fieldnode::net {

/// Equal but for ASCII case.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);
[[nodiscard]] std::string lowered(std::string_view text);
/// Without spaces and tabs at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// At least one part, even of an empty text.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
/// "Application/JSON; charset=utf-8" -> "application/json".
[[nodiscard]] std::string media_type(std::string_view content_type);
/// `text` as a JSON string with its quotes.
[[nodiscard]] std::string json_text(std::string_view text);
/// All but unreserved characters as %XX.
[[nodiscard]] std::string percent_encoded(std::string_view text);
/// Nothing when an escape is broken or hides a NUL. `plus_is_space` is the rule of query strings.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

}  // namespace fieldnode::net

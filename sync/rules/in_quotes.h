#pragma once

#include <string>
#include <string_view>

namespace fieldnode::rules {

/// Foreign text made fit for a sentence: in quotation marks, control characters as '?', cut after about 60 bytes
/// and never inside a UTF-8 character (not `quoted`: std::quoted would win by argument lookup). A refusal must not
/// carry a page of somebody else's bytes.
[[nodiscard]] inline std::string in_quotes(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::size_t end = text.size();
  if (end > kLongest) {
    end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  }
  std::string out = "\"";
  for (char const c : text.substr(0, end)) {
    bool const control = static_cast<unsigned char>(c) < 0x20u || c == 0x7f;
    out += control ? '?' : c;
  }
  out += end < text.size() ? "...\"" : "\"";
  return out;
}

}  // namespace fieldnode::rules

#include "node/central/import/plain_text.h"

#include <array>
#include <cstdint>

namespace fieldnode::central {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::array<std::string_view, 6> kBlanks{" ", "\t", "\r", "\n", "\xC2\xA0", "\xE3\x80\x80"};

std::uint8_t byte_at(std::string_view text, std::size_t i) { return static_cast<std::uint8_t>(text[i]); }

/// The lowest and highest second byte that Unicode table 3-7 allows after `lead`.
struct SecondByte {
  std::uint8_t low{0x80};
  std::uint8_t high{0xBF};
};

SecondByte second_byte_after(std::uint8_t lead) {
  switch (lead) {
    case 0xE0:
      return {.low = 0xA0};
    case 0xED:
      return {.high = 0x9F};
    case 0xF0:
      return {.low = 0x90};
    case 0xF4:
      return {.high = 0x8F};
    default:
      return {};
  }
}

std::size_t length_by_lead(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

/// Length of the well-formed character at `i`; 0 when there is none.
std::size_t character_length(std::string_view text, std::size_t i) {
  auto const lead = byte_at(text, i);
  auto const length = length_by_lead(lead);
  if (length <= 1) return length;
  if (i + length > text.size()) return 0;
  auto const [low, high] = second_byte_after(lead);
  if (byte_at(text, i + 1) < low || byte_at(text, i + 1) > high) return 0;
  for (std::size_t k = 2; k < length; ++k) {
    if ((byte_at(text, i + k) & 0xC0) != 0x80) return 0;
  }
  return length;
}

std::string_view without_leading_blank(std::string_view text) {
  for (auto blank : kBlanks) {
    if (text.starts_with(blank)) return text.substr(blank.size());
  }
  return text;
}

std::string_view without_trailing_blank(std::string_view text) {
  for (auto blank : kBlanks) {
    if (text.ends_with(blank)) return text.substr(0, text.size() - blank.size());
  }
  return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    auto const length = character_length(text, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string shown_as_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    auto const length = character_length(text, i);
    out.append(length == 0 ? kReplacement : text.substr(i, length));
    i += length == 0 ? 1 : length;
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  for (auto shorter = without_leading_blank(text); shorter.size() != text.size();
       shorter = without_leading_blank(text)) {
    text = shorter;
  }
  for (auto shorter = without_trailing_blank(text); shorter.size() != text.size();
       shorter = without_trailing_blank(text)) {
    text = shorter;
  }
  return text;
}

std::string half_width(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const lead = byte_at(text, i);
    if (lead == 0xEF && i + 2 < text.size()) {
      // U+FF01..U+FF5E are EF BC 81 .. EF BD 9E; the distance to ASCII is a constant.
      auto const point = 0xF000u | ((byte_at(text, i + 1) & 0x3Fu) << 6) | (byte_at(text, i + 2) & 0x3Fu);
      if (point >= 0xFF01 && point <= 0xFF5E) {
        out.push_back(static_cast<char>(point - 0xFF01 + '!'));
        i += 2;
        continue;
      }
    }
    if (text.substr(i).starts_with("\xE3\x80\x80")) {
      out.push_back(' ');
      i += 2;
      continue;
    }
    out.push_back(text[i]);
  }
  return out;
}

std::string tidy_code(std::string_view text) {
  auto const narrow = half_width(trimmed(text));
  auto code = trimmed(narrow);
  if (code.size() >= 3 && code.starts_with("=\"") && code.ends_with('"')) {
    code = trimmed(code.substr(2, code.size() - 3));
  }
  return std::string(code);
}

bool is_spreadsheet_number(std::string_view code) {
  std::size_t i = 0;
  while (i < code.size() && (is_digit(code[i]) || code[i] == '.')) ++i;
  if (i == 0 || i + 2 >= code.size() || (code[i] != 'E' && code[i] != 'e') || code[i + 1] != '+') return false;
  for (std::size_t k = i + 2; k < code.size(); ++k) {
    if (!is_digit(code[k])) return false;
  }
  return is_digit(code[0]);
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t i = 0;
  for (std::size_t seen = 0; i < text.size() && seen < count; ++seen) {
    auto const length = character_length(text, i);
    i += length == 0 ? 1 : length;
  }
  return text.substr(0, i);
}

}  // namespace fieldnode::central

#include "node/blobs/blob_name.h"

#include <array>
#include <cstdint>

namespace fieldnode::blobs {
namespace {

constexpr char32_t kNone = 0xFFFFFFFF;

/// Takes one character off the front; kNone where the bytes are not UTF-8: too long a form, a surrogate, cut off.
char32_t take_character(std::string_view& text) {
  auto const first = static_cast<std::uint8_t>(text.front());
  std::size_t const size = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
  static constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  if (size == 0 || first > 0xF4 || text.size() < size) {
    text.remove_prefix(1);
    return kNone;
  }
  char32_t character = size == 1 ? first : first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    auto const next = static_cast<std::uint8_t>(text[i]);
    if ((next & 0xC0U) != 0x80) {
      text.remove_prefix(1);
      return kNone;
    }
    character = character << 6U | (next & 0x3FU);
  }
  text.remove_prefix(size);
  bool const wrong = character < kLeast[size] || character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF);
  return wrong ? kNone : character;
}

/// Invisible, or it turns what is beside it around.
bool deceives(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFB);
}

bool may_stand(char32_t c) { return c != kNone && c != '/' && c != '\\' && !deceives(c); }

}  // namespace

Result<void> admit_name(std::string_view name) {
  bool right = !name.empty() && name.size() <= kBlobNameMaxBytes && name.front() != '.';
  for (auto rest = name; right && !rest.empty();) right = may_stand(take_character(rest));
  if (right) return {};
  return refuse("attachment_name",
                "The file's name is empty, too long or has characters that do not show what they are; rename the file "
                "and attach it again.");
}

std::string harmless_name(std::string_view name) {
  std::string out = name.empty() || name.front() == '.' ? "_" : "";
  while (!name.empty()) {
    auto const before = name;
    bool const stays = may_stand(take_character(name));
    auto const piece = before.substr(0, before.size() - name.size());
    if (out.size() + piece.size() > kBlobNameMaxBytes) break;
    out += stays ? piece : std::string_view("_");
  }
  return out;
}

}  // namespace fieldnode::blobs

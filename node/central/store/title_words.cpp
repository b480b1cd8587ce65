#include "node/central/store/title_words.h"

#include <algorithm>
#include <cctype>

namespace fieldnode::central {
namespace {

/// The bytes of one character of UTF-8 as a number; an ill-formed byte stands for itself.
std::uint32_t next_character(std::string_view text, std::size_t& at) {
  std::uint32_t character = static_cast<unsigned char>(text[at++]);
  for (int more = 0; more < 3 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; ++more) {
    character = character << 8 | static_cast<unsigned char>(text[at++]);
  }
  return character;
}

bool is_letter(std::uint32_t character) { return character >= 0x80 || std::isalnum(static_cast<int>(character)) != 0; }

std::uint32_t lower(std::uint32_t character) {
  return character < 0x80 ? static_cast<std::uint32_t>(std::tolower(static_cast<int>(character))) : character;
}

}  // namespace

TitleWords::TitleWords(std::string_view title) {
  std::uint64_t before = 0;
  for (std::size_t at = 0; at < title.size();) {
    auto const character = next_character(title, at);
    if (!is_letter(character)) continue;
    std::uint64_t const here = lower(character);
    if (before != 0) pairs_.push_back(before << 32 | here);
    before = here;
  }
  std::ranges::sort(pairs_);
}

double TitleWords::likeness(TitleWords const& other) const {
  if (empty() || other.empty()) return 0;
  std::size_t common = 0;
  auto mine = pairs_.begin();
  auto theirs = other.pairs_.begin();
  while (mine != pairs_.end() && theirs != other.pairs_.end()) {
    if (*mine == *theirs)
      ++common, ++mine, ++theirs;
    else if (*mine < *theirs)
      ++mine;
    else
      ++theirs;
  }
  return 2.0 * static_cast<double>(common) / static_cast<double>(pairs_.size() + other.pairs_.size());
}

}  // namespace fieldnode::central

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace fieldnode::central {

/// The pairs of neighbouring characters in a title. Chinese has no blanks between words and most words have two
/// characters, so pairs do for words.
class TitleWords {
 public:
  /// Blanks and ASCII punctuation are left out, ASCII letters are taken in lower case.
  explicit TitleWords(std::string_view title);

  [[nodiscard]] bool empty() const { return pairs_.empty(); }
  /// From 0, nothing in common, to 1, the same pairs (Dice: twice what is common over the sum of both).
  [[nodiscard]] double likeness(TitleWords const& other) const;

 private:
  std::vector<std::uint64_t> pairs_;  ///< sorted, repeats kept
};

}  // namespace fieldnode::central

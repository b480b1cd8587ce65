#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fieldnode::tidy {

/// The code with comments and the insides of literals turned into blanks, so that what remains is what the compiler
/// acts on. Shape: as long as the input, line ends where they were.
[[nodiscard]] std::string code_only(std::string_view text);

struct Include {
  std::string path;
  bool angled{};
  std::size_t line{};
};
/// Every `#include` outside comments, in order.
[[nodiscard]] std::vector<Include> includes_of(std::string_view text);

/// A name in code and what stands around it.
struct Mention {
  std::string_view name;
  std::string_view qualifier;  ///< what stands before `::`; empty for `::name` and for a plain name
  bool qualified{};            ///< `::` stands before it
  bool member{};               ///< `.` or `->` stands before it
  bool declared{};             ///< another name stands before it, as in `UtcTime time()` or `UtcTime Trusted::time()`
  bool called{};               ///< `(` stands after it
  std::size_t line{};
};
/// Every identifier of `code` (as `code_only` gives it), in order. The views point into `code`.
[[nodiscard]] std::vector<Mention> mentions_of(std::string_view code);

}  // namespace fieldnode::tidy

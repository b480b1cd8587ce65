#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fieldnode::tidy {

/// The project's text files. Shape: path from the top, with slashes -> content.
using Tree = std::map<std::string, std::string>;

/// One breach of a house rule: where it stands and what to do instead. Line 0 means the file as a whole.
struct Violation {
  std::string file;
  std::size_t line{};
  std::string sentence;
};
using Violations = std::vector<Violation>;

/// Reads every text file below `root`, without what is built, fetched or kept by version control.
/// Files with a zero byte and files over 1 MiB keep their path but lose their content: no rule reads data.
[[nodiscard]] Tree read_tree(std::filesystem::path const& root);

/// One line per violation, `file:line: sentence`; empty when there is none.
[[nodiscard]] std::string report(Violations const& violations);

/// True for a path inside `folder`, or the very file `folder`.
[[nodiscard]] bool is_under(std::string_view path, std::string_view folder);
[[nodiscard]] bool is_under_any(std::string_view path, std::vector<std::string_view> const& folders);

[[nodiscard]] bool ends_with_any(std::string_view path, std::vector<std::string_view> const& endings);

/// C++ that offices run: everything below sync/ and node/.
[[nodiscard]] bool is_product_code(std::string_view path);
[[nodiscard]] bool is_cpp(std::string_view path);

/// The text cut at line ends, without them.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// Units: the first line is 1.
[[nodiscard]] std::size_t line_at(std::string_view text, std::size_t offset);

}  // namespace fieldnode::tidy

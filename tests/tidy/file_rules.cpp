#include "tests/tidy/file_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>

#include "tests/tidy/cpp_text.h"

namespace fieldnode::tidy {
namespace {

constexpr std::size_t kFileMaxLines = 500;
constexpr std::size_t kFunctionMaxLines = 60;

std::string folder_of(std::string const& path) {
  auto const slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_list_char(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0 || c == '(' || c == ')' || c == '"';
}

/// True when `text` names `file` as a whole word, alone or at the end of a path.
bool names_file(std::string_view text, std::string_view file) {
  for (auto at = text.find(file); at != std::string_view::npos; at = text.find(file, at + 1)) {
    bool const begins = at == 0 || is_list_char(text[at - 1]) || text[at - 1] == '/';
    auto const end = at + file.size();
    if (begins && (end == text.size() || is_list_char(text[end]))) return true;
  }
  return false;
}

/// The CMakeLists.txt that should name `path`: of its own folder or the nearest above.
std::string nearest_list(Tree const& tree, std::string const& path) {
  for (auto folder = folder_of(path); !folder.empty(); folder = folder_of(folder)) {
    if (tree.contains(folder + "/CMakeLists.txt")) return folder + "/CMakeLists.txt";
  }
  return "CMakeLists.txt";
}

bool is_listed(Tree const& tree, std::string const& path) {
  auto const list = tree.find(nearest_list(tree, path));
  if (list != tree.end() && names_file(list->second, file_name(path))) return true;
  return std::ranges::any_of(tree, [&](auto const& file) {
    return is_under(file.first, "packaging/cmake") && names_file(file.second, file_name(path));
  });
}

bool must_be_listed(std::string_view path) {
  if (path.ends_with(".cpp")) return true;
  return is_under(path, "schema") && ends_with_any(path, {".sql", ".json"});
}

std::set<std::string> included_headers(Tree const& tree) {
  std::set<std::string> headers;
  for (auto const& [path, text] : tree) {
    if (!is_cpp(path)) continue;
    auto const own_header = path.substr(0, path.rfind('.')) + ".h";
    for (auto const& include : includes_of(text)) {
      if (include.path != own_header) headers.insert(include.path);
    }
  }
  return headers;
}

bool is_code(std::string_view path) {
  return path.ends_with("CMakeLists.txt") ||
         ends_with_any(path,
                       {".cpp", ".h", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".sql", ".cmake", ".py", ".sh"}) ||
         (is_under_any(path, {"packaging", ".ci"}) && file_name(path).find('.') == std::string_view::npos);
}

bool opens_function(std::string_view line) {
  constexpr std::array<std::string_view, 8> kOtherBlocks{"namespace", "class ", "struct ", "enum ",
                                                         "union ",    "extern", "}",       "#"};
  if (line.empty() || line.front() == ' ' || !line.ends_with('{')) return false;
  return std::ranges::none_of(kOtherBlocks, [&](auto block) { return line.starts_with(block); });
}

/// The last line of a function's head that runs over several lines.
bool closes_head(std::string_view line) { return line.starts_with("    ") && line.ends_with(" {"); }

/// Relies on the format: a function of a namespace begins in column 0 and alone ends with a bare `}` there. A head that
/// runs over several lines counts from its last one.
void check_functions(std::string const& path, std::string_view text, Violations& found) {
  std::size_t start = 0;
  auto const lines = lines_of(text);
  for (std::size_t number = 1; number <= lines.size(); ++number) {
    auto const line = lines[number - 1];
    if (opens_function(line) || (start == 0 && closes_head(line))) start = number;
    if (!line.starts_with('}')) continue;
    auto const length = number - start + 1;
    if (line == "}" && start != 0 && length > kFunctionMaxLines) {
      found.push_back(
          {path, start,
           "a function of " + std::to_string(length) + " lines; cut it at " + std::to_string(kFunctionMaxLines)});
    }
    start = 0;
  }
}

std::set<std::string> words_of(std::string_view name) {
  std::set<std::string> words;
  std::string word;
  for (char const c : name) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else {
      words.insert(std::exchange(word, {}));
    }
  }
  words.insert(word);
  return words;
}

bool takes_in_anything(std::string_view path) {
  constexpr std::array<std::string_view, 10> kBanned{"util",    "utils",    "common", "helper", "helpers",
                                                     "manager", "managers", "impl",   "misc",   "utilities"};
  auto const words = words_of(path);
  return std::ranges::any_of(kBanned, [&](auto word) { return words.contains(std::string(word)); });
}

}  // namespace

Violations check_dead_files(Tree const& tree) {
  Violations found;
  auto const included = included_headers(tree);
  for (auto const& [path, text] : tree) {
    if (must_be_listed(path) && !is_listed(tree, path)) {
      found.push_back({path, 0, "dead file: not named in " + nearest_list(tree, path)});
    }
    if (path.ends_with(".h") && !included.contains(path)) {
      found.push_back({path, 0, "dead header: nobody but its own .cpp includes it"});
    }
  }
  return found;
}

Violations check_lengths(Tree const& tree) {
  Violations found;
  for (auto const& [path, text] : tree) {
    if (!is_code(path)) continue;
    if (auto const count = lines_of(text).size(); count > kFileMaxLines) {
      found.push_back({path, 0, std::to_string(count) + " lines; cut it at " + std::to_string(kFileMaxLines)});
    }
    if (is_cpp(path)) check_functions(path, code_only(text), found);
  }
  return found;
}

Violations check_names(Tree const& tree) {
  Violations found;
  for (auto const& [path, text] : tree) {
    if (takes_in_anything(path)) found.push_back({path, 0, "a name that takes in anything; say what is in it"});
  }
  return found;
}

Violations check_header_guards(Tree const& tree) {
  Violations found;
  for (auto const& [path, text] : tree) {
    if (path.ends_with(".h") && !text.starts_with("#pragma once\n")) {
      found.push_back({path, 1, "a header begins with #pragma once"});
    }
  }
  return found;
}

}  // namespace fieldnode::tidy

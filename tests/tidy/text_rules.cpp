#include "tests/tidy/text_rules.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fieldnode::tidy {
namespace {

/// This folder names what it bans; data, locks and licences are other people's words.
bool is_our_text(std::string_view path) {
  return !is_under_any(path, {"tests/tidy", "tests/data", "tests/fuzz/corpus", "LICENSE"}) &&
         !path.ends_with("package-lock.json");
}

bool is_word_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// In `${TMPDIR:-/tmp}` and `https://host/work` the path is somebody's choice or no path of this machine.
bool continues_path(char c) {
  return is_word_char(c) || c == '.' || c == '-' || c == '/' || c == '}' || c == '~' || c == '*';
}

using Boundary = bool (*)(char);

/// Every place where `word` stands with `before` false for the character in front and no word character behind.
std::vector<std::size_t> places_of(std::string_view text, std::string_view word, Boundary before) {
  std::vector<std::size_t> places;
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    auto const end = at + word.size();
    bool const begins = at == 0 || !before(text[at - 1]);
    if (begins && (end == text.size() || !is_word_char(text[end]))) places.push_back(at);
  }
  return places;
}

template <std::size_t N>
Violations find_words(Tree const& tree, std::array<std::string_view, N> const& words, Boundary before,
                      std::string_view advice) {
  Violations found;
  for (auto const& [path, text] : tree) {
    if (!is_our_text(path)) continue;
    for (auto const word : words) {
      for (auto const at : places_of(text, word, before)) {
        found.push_back({path, line_at(text, at), std::string(word) + ": " + std::string(advice)});
      }
    }
  }
  return found;
}

}  // namespace

Violations check_no_postponed_work(Tree const& tree) {
  constexpr std::array<std::string_view, 4> kWords{"TODO", "FIXME", "XXX", "HACK"};
  return find_words(tree, kWords, is_word_char, "do it now or put it into the tracker");
}

Violations check_no_host_paths(Tree const& tree) {
  constexpr std::array<std::string_view, 7> kPaths{"/work", "/tmp", "/root", "/home", "/Users", "/mnt", "/var/tmp"};
  return find_words(tree, kPaths, continues_path, "a path of one machine; take it from the caller or the environment");
}

bool is_bash_script(std::string_view text) {
  return text.starts_with("#!") && lines_of(text).front().find("bash") != std::string_view::npos;
}

Violations check_scripts_are_strict(Tree const& tree) {
  Violations found;
  for (auto const& [path, text] : tree) {
    if (is_bash_script(text) && text.find("\nset -euo pipefail\n") == std::string::npos) {
      found.push_back({path, 1, "a script begins with set -euo pipefail"});
    }
  }
  return found;
}

}  // namespace fieldnode::tidy

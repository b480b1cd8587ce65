#include "tests/tidy/cpp_text.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "tests/tidy/source_tree.h"

namespace fieldnode::tidy {
namespace {

bool is_name_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

/// Where the comment or literal that begins at `at` ends; `at` itself when none begins there.
std::size_t end_of_quiet(std::string_view text, std::size_t at);

std::size_t past(std::string_view text, std::string_view ending, std::size_t from) {
  auto const found = text.find(ending, from);
  return found == std::string_view::npos ? text.size() : found + ending.size();
}

std::size_t end_of_raw_string(std::string_view text, std::size_t at) {
  auto const open = text.find('(', at);
  if (open == std::string_view::npos) return text.size();
  auto const closing = ")" + std::string(text.substr(at + 2, open - at - 2)) + "\"";
  return past(text, closing, open);
}

std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  char const quote = text[at];
  for (auto i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote || text[i] == '\n') {
      return i + 1;
    }
  }
  return text.size();
}

std::size_t end_of_quiet(std::string_view text, std::size_t at) {
  auto const rest = text.substr(at);
  bool const after_name = at > 0 && is_name_char(text[at - 1]);
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (rest.starts_with("/*")) return past(text, "*/", at + 2);
  if (rest.starts_with("R\"") && !after_name) return end_of_raw_string(text, at);
  if (rest.starts_with('"')) return end_of_quoted(text, at);
  if (rest.starts_with('\'') && !after_name) return end_of_quoted(text, at);  // not the mark in 1'000
  return at;
}

std::string_view trimmed_right(std::string_view text) {
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view last_name(std::string_view text) {
  text = trimmed_right(text);
  auto start = text.size();
  while (start > 0 && is_name_char(text[start - 1])) --start;
  return text.substr(start);
}

/// After these words a name is used, not declared.
bool is_statement_word(std::string_view word) {
  constexpr std::array<std::string_view, 10> kWords{"return", "co_return", "co_await", "co_yield", "case",
                                                    "else",   "do",        "throw",    "and",      "or"};
  return std::ranges::find(kWords, word) != kWords.end();
}

/// What stands before `a::b::`, given a text that ends with it.
std::string_view before_qualifiers(std::string_view text) {
  while (text.ends_with("::")) {
    text = trimmed_right(text.substr(0, text.size() - 2));
    text = trimmed_right(text.substr(0, text.size() - last_name(text).size()));
  }
  return text;
}

void look_before(Mention& mention, std::string_view before) {
  before = trimmed_right(before);
  mention.member = before.ends_with('.') || before.ends_with("->");
  mention.qualified = before.ends_with("::");
  if (mention.qualified) mention.qualifier = last_name(before.substr(0, before.size() - 2));
  auto const word = last_name(before_qualifiers(before));
  mention.declared = !word.empty() && !is_statement_word(word);
}

bool opens_call(std::string_view after) {
  auto const next = std::ranges::find_if_not(after, is_blank);
  return next != after.end() && *next == '(';
}

}  // namespace

std::string code_only(std::string_view text) {
  std::string code(text);
  for (std::size_t at = 0; at < code.size();) {
    auto const end = end_of_quiet(text, at);
    for (auto i = at; i < end; ++i) {
      if (code[i] != '\n') code[i] = ' ';
    }
    at = std::max(end, at + 1);
  }
  return code;
}

std::vector<Include> includes_of(std::string_view text) {
  std::vector<Include> includes;
  auto const code = code_only(text);
  auto const code_lines = lines_of(code);
  auto const lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!code_lines[i].starts_with("#include")) continue;
    auto const open = lines[i].find_first_of("<\"");
    auto const close = lines[i].find_first_of(">\"", open + 1);
    if (open == std::string_view::npos || close == std::string_view::npos) continue;
    includes.push_back({std::string(lines[i].substr(open + 1, close - open - 1)), lines[i][open] == '<', i + 1});
  }
  return includes;
}

std::vector<Mention> mentions_of(std::string_view code) {
  std::vector<Mention> mentions;
  std::size_t line = 1;
  for (std::size_t at = 0; at < code.size();) {
    if (!is_name_char(code[at])) {
      line += code[at++] == '\n';
      continue;
    }
    auto end = at;
    while (end < code.size() && is_name_char(code[end])) ++end;
    Mention mention;
    mention.name = code.substr(at, end - at);
    mention.called = opens_call(code.substr(end));
    mention.line = line;
    look_before(mention, code.substr(0, at));
    mentions.push_back(mention);
    at = end;
  }
  return mentions;
}

}  // namespace fieldnode::tidy

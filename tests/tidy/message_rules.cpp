#include "tests/tidy/message_rules.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <set>

namespace fieldnode::tidy {
namespace {

namespace json = boost::json;

constexpr std::string_view kFolder = "ui-web/messages/";
constexpr std::string_view kChinese = "zh-CN.json";
constexpr std::string_view kEnglish = "en.json";

using Messages = std::map<std::string, std::string>;

bool has_sources(Tree const& tree) {
  return std::ranges::any_of(tree, [](auto const& file) { return is_under(file.first, "ui-web/src"); });
}

/// Boost.JSON keeps the last of two equal keys in silence; in the text both are seen.
bool stands_twice(std::string_view text, std::string const& key) {
  auto const quoted = json::serialize(json::string(key)) + ":";
  auto const first = text.find(quoted);
  return first != std::string_view::npos && text.find(quoted, first + 1) != std::string_view::npos;
}

/// Nothing, with the reason in `found`, unless the file is a flat object of texts.
std::optional<Messages> read_messages(Tree const& tree, std::string_view path, Violations& found) {
  auto const file = tree.find(std::string(path));
  boost::system::error_code error;
  auto const value = file == tree.end() ? json::value{} : json::parse(file->second, error);
  if (error || !value.is_object()) {
    found.push_back({std::string(path), 0, "missing, or no JSON object"});
    return std::nullopt;
  }
  Messages messages;
  for (auto const& [key, text] : value.get_object()) {
    if (!text.is_string() || text.get_string().empty()) {
      found.push_back({std::string(path), 0, std::string(key) + " is no text, or an empty one"});
    } else if (stands_twice(file->second, key)) {
      found.push_back({std::string(path), 0, std::string(key) + " stands twice"});
    } else {
      messages.emplace(key, text.get_string());
    }
  }
  return messages;
}

std::set<std::string> placeholders_of(std::string_view text) {
  std::set<std::string> names;
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    auto const close = text.find('}', open);
    if (close != std::string_view::npos) names.emplace(text.substr(open + 1, close - open - 1));
  }
  return names;
}

void check_missing(Messages const& from, Messages const& in, std::string_view path, Violations& found) {
  for (auto const& [key, text] : from) {
    if (!in.contains(key)) found.push_back({std::string(path), 0, key + " is missing; the other language has it"});
  }
}

/// What stands before the language in the names of the files: nothing for the common words, `central.` for one page's
/// own.
std::set<std::string> stems_of(Tree const& tree) {
  std::set<std::string> stems{""};
  for (auto const& [path, text] : tree) {
    if (!path.starts_with(kFolder)) continue;
    for (auto const language : {kChinese, kEnglish}) {
      auto const length = path.size() - std::min(path.size(), kFolder.size() + language.size());
      if (path.ends_with(language)) stems.insert(path.substr(kFolder.size(), length));
    }
  }
  return stems;
}

void check_pair(Tree const& tree, std::string const& stem, Violations& found) {
  auto const chinese_path = std::string(kFolder) + stem + std::string(kChinese);
  auto const english_path = std::string(kFolder) + stem + std::string(kEnglish);
  auto const chinese = read_messages(tree, chinese_path, found);
  auto const english = read_messages(tree, english_path, found);
  if (!chinese || !english) return;
  check_missing(*chinese, *english, english_path, found);
  check_missing(*english, *chinese, chinese_path, found);
  for (auto const& [key, text] : *chinese) {
    auto const other = english->find(key);
    if (other != english->end() && placeholders_of(text) != placeholders_of(other->second)) {
      found.push_back({english_path, 0, key + " has other {placeholders} than the Chinese text"});
    }
  }
}

}  // namespace

Violations check_messages(Tree const& tree) {
  Violations found;
  if (!has_sources(tree)) return found;
  for (auto const& stem : stems_of(tree)) check_pair(tree, stem, found);
  return found;
}

}  // namespace fieldnode::tidy

#include "node/central/import/toml_section.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace fieldnode::central {
namespace {

std::uint32_t line_of(toml::node const& node) { return static_cast<std::uint32_t>(node.source().begin.line); }

toml::table const& empty_table() {
  static toml::table const kEmpty;
  return kEmpty;
}

}  // namespace

void TomlFaults::add(std::string_view code, std::uint32_t line, std::string_view sentence) {
  if (first_) return;
  auto const place = line == 0 ? file_ : fmt::format("{} line {}", file_, line);
  first_ = refuse(code, fmt::format("{}: {}", place, sentence));
}

TomlSection::TomlSection(toml::table const& table, std::string_view path, TomlFaults& faults)
    : table_(table), path_(path), faults_(faults) {}

TomlText TomlSection::text(std::string_view key) {
  auto const* const node = ask(key);
  if (node == nullptr) return {.key = path_of(key)};
  return as_text(*node, path_of(key));
}

TomlText TomlSection::needed_text(std::string_view key) {
  auto found = text(key);
  if (found.text.empty()) {
    auto const line = found.line == 0 ? line_of(table_) : found.line;
    faults_.add("missing_key", line, fmt::format("the key \"{}\" must be there and not empty", found.key));
  }
  return found;
}

std::vector<TomlText> TomlSection::texts(std::string_view key) {
  auto const* const node = ask(key);
  if (node == nullptr) return {};
  auto const* const list = node->as_array();
  if (list == nullptr) return {as_text(*node, path_of(key))};
  std::vector<TomlText> out;
  for (auto const& item : *list) out.push_back(as_text(item, path_of(key)));
  return out;
}

std::vector<std::pair<std::string, TomlText>> TomlSection::table_of_texts(std::string_view key) {
  std::vector<std::pair<std::string, TomlText>> out;
  auto inner = section(key);
  for (auto const& [name, node] : inner.table_) {
    out.emplace_back(std::string(name.str()), as_text(node, inner.path_of(name.str())));
  }
  return out;
}

TomlSection TomlSection::section(std::string_view key) {
  auto const* const node = ask(key);
  if (node == nullptr) return {empty_table(), path_of(key), faults_};
  if (auto const* const table = node->as_table()) return {*table, path_of(key), faults_};
  faults_.add("bad_value", line_of(*node), fmt::format("\"{}\" must be a table: [{}]", path_of(key), path_of(key)));
  return {empty_table(), path_of(key), faults_};
}

void TomlSection::fail(std::string_view code, std::string_view key, std::string_view sentence) {
  auto const* const node = table_.get(key);
  faults_.add(code, line_of(node != nullptr ? *node : table_), fmt::format("{}: {}", path_of(key), sentence));
}

void TomlSection::finish() {
  for (auto const& [name, node] : table_) {
    if (asked_.contains(name.str())) continue;
    faults_.add(
        "unknown_key", static_cast<std::uint32_t>(name.source().begin.line),
        fmt::format("the key \"{}\" is not known; known here are {}", path_of(name.str()), fmt::join(asked_, ", ")));
  }
}

toml::node const* TomlSection::ask(std::string_view key) {
  asked_.emplace(key);
  return table_.get(key);
}

std::string TomlSection::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

TomlText TomlSection::as_text(toml::node const& node, std::string const& path) {
  auto const* const value = node.as_string();
  if (value == nullptr) {
    faults_.add("bad_value", line_of(node), fmt::format("\"{}\" must be text in quotation marks", path));
    return {.key = path};
  }
  return {.text = value->get(), .key = path, .line = line_of(node)};
}

}  // namespace fieldnode::central

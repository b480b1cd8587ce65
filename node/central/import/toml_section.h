#pragma once

#include <toml++/toml.h>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/result.h"

namespace fieldnode::central {

/// A value of a TOML file and the place it stands at.
struct TomlText {
  std::string text{};
  std::string key{};     ///< as a person would name it: `columns.title`
  std::uint32_t line{};  ///< 0: the key is not there
};

/// Remembers the first thing wrong in a TOML file, so that reading it is a list of questions and one answer at the end.
class TomlFaults {
 public:
  explicit TomlFaults(std::string_view file) : file_(file) {}
  void add(std::string_view code, std::uint32_t line, std::string_view sentence);
  [[nodiscard]] std::optional<Refusal> const& first() const { return first_; }

 private:
  std::string file_;
  std::optional<Refusal> first_;
};

/// One table of a TOML file. Every key must be asked for: `finish` reports what is left over, a typing error mostly.
/// A key of the wrong type is reported by the question for it, which then answers as if the key were absent.
class TomlSection {
 public:
  /// Both must outlive the section; `path` is the table's name, empty for the file itself.
  TomlSection(toml::table const& table, std::string_view path, TomlFaults& faults);

  [[nodiscard]] TomlText text(std::string_view key);
  /// Reports the key when it is absent or empty.
  [[nodiscard]] TomlText needed_text(std::string_view key);
  /// A list of texts; one text stands for a list of one.
  [[nodiscard]] std::vector<TomlText> texts(std::string_view key);
  /// A table of texts: `[category.values]`.
  [[nodiscard]] std::vector<std::pair<std::string, TomlText>> table_of_texts(std::string_view key);
  /// A table inside this one; an empty one where the key is absent.
  [[nodiscard]] TomlSection section(std::string_view key);

  [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }
  void fail(std::string_view code, std::string_view key, std::string_view sentence);
  void finish();

 private:
  [[nodiscard]] toml::node const* ask(std::string_view key);
  [[nodiscard]] std::string path_of(std::string_view key) const;
  [[nodiscard]] TomlText as_text(toml::node const& node, std::string const& path);

  toml::table const& table_;
  std::string path_;
  TomlFaults& faults_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace fieldnode::central

#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "node/central/import/text_source.h"
#include "node/central/import/time_format.h"
#include "node/central/import/time_zone.h"
#include "sync/base/result.h"
#include "sync/rules/words.h"

namespace fieldnode::central {

/// A column that the mapping names, and where it stands in the file at hand.
struct Column {
  static constexpr std::size_t kUnbound = std::numeric_limits<std::size_t>::max();

  std::string name;             ///< empty: the mapping names none
  std::string key;              ///< the mapping's key, for sentences
  std::uint32_t line{};         ///< the mapping's line, for sentences
  std::size_t index{kUnbound};  ///< place in the row, after `bind_columns`

  [[nodiscard]] bool is_mapped() const { return !name.empty(); }
};

/// How a category or kind comes about: one for all, or by a column's value. `Word::kNone` is "none given".
template <class Word>
struct ValueRule {
  Word constant{};                     ///< holds for every row
  Column column;                       ///< else: the column looked at
  std::map<std::string, Word> values;  ///< by tidy value
  Word fallback{};                     ///< for values that are not listed; none: such rows are refused
};

/// Without a column a row is closed when it has a closing time.
struct StatusRule {
  Column column;
  std::set<std::string> closed;  ///< tidy values
  std::set<std::string> open;    ///< empty: whatever is not in `closed`
};

struct UnitRule {
  Column column;
  std::map<std::string, std::string> names;  ///< tidy code -> name; empty: the value is code and name
  bool keeps_unlisted{};                     ///< a code that `names` lacks is its own name; else such rows are refused
};

struct PlaceColumns {
  Column street;
  Column neighbourhood;
  Column lat;
  Column lon;
  std::vector<Column> joined;  ///< the place as one line, in this order
};

struct ContactColumns {
  Column name;
  Column phone;
  Column address;
};

/// What a mapping file says about another system's export. README.md of this room explains the file.
struct Mapping {
  std::string file;    ///< the mapping file's name, for sentences
  std::string source;  ///< names the other system; with the external id it identifies a case
  TextEncoding encoding{TextEncoding::kUtf8};
  char delimiter{','};
  TimeZone zone;
  std::vector<TimeFormat> time_formats;  ///< tried in this order

  Column external_id;
  Column opened_at;
  Column closed_at;
  Column target_at;
  Column title;
  Column text;
  Column channel;
  StatusRule status;
  ValueRule<rules::Category> category;
  ValueRule<rules::CaseKind> kind;
  UnitRule unit;
  PlaceColumns place;
  ContactColumns contact;
  std::vector<Column> required;  ///< must not be empty in any row
  std::vector<Column> facts;     ///< kept with the case as the source's word
  bool keeps_all_others{};       ///< `facts = "*"`: `bind_columns` adds every column that nothing else uses
};

/// Errors: bad_toml, unknown_key, missing_key, bad_value, bad_encoding_name, bad_time_zone, bad_time_format; each names
/// the key, `file` and the line.
[[nodiscard]] Result<Mapping> parse_mapping(std::string_view toml, std::string_view file);

/// Errors: those of `parse_mapping`; no_mapping when the file cannot be read.
[[nodiscard]] Result<Mapping> read_mapping(std::filesystem::path const& path);

/// `mapping` with every column's place in a file with this `header`.
/// Errors: missing_column names the key, the column and what the file has instead.
[[nodiscard]] Result<Mapping> bind_columns(Mapping mapping, std::vector<std::string> const& header);

}  // namespace fieldnode::central

#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/result.h"

/// The law comes in JSON files that people write by hand: calendars and policies. Read so that no slip is swallowed.
namespace fieldnode::rules {

/// What the sentences and codes of a file's refusals say.
struct JsonFile {
  std::string name;  ///< the file, or where the text came from
  std::string code;  ///< of every refusal: `bad_calendar`, `bad_policy`
  std::size_t size_max_bytes{};
};

/// Parses `text`.
/// Errors: `file.code` for a text above the size cap, a syntax error, invalid UTF-8, nesting deeper than 16, a key
/// named twice in one object (JSON would silently take the last), and a text that is no object.
[[nodiscard]] Result<boost::json::object> parse_strict_json(std::string_view text, JsonFile const& file);

/// Takes the fields of one object, each at most once. The first thing that is wrong is remembered, later calls give
/// their fallback, and `refusal` says it: so a reader lists its fields and asks once.
class JsonFields {
 public:
  /// `place`: "" for the whole file, else like "limits".
  JsonFields(boost::json::object const& object, JsonFile const& file, std::string place = "");

  [[nodiscard]] bool has(std::string_view key) const { return object_.contains(key); }
  std::int64_t integer(std::string_view key, std::int64_t fallback, std::int64_t least, std::int64_t most);
  bool flag(std::string_view key, bool fallback);
  /// Units: the longest text in bytes.
  std::string text(std::string_view key, std::string_view fallback, std::size_t longest = 400);
  std::optional<std::vector<std::string>> texts(std::string_view key, std::size_t most);
  /// Nothing when the field is absent or no object.
  boost::json::object const* object(std::string_view key);
  /// Remembers that the field `key` is wrong, and why.
  void refuse_field(std::string_view key, std::string_view why);
  /// Remembers what was wrong in an inner object.
  void adopt(Refusal inner);
  /// Remembers that `key` is missing, if it is.
  void require(std::string_view key);

  /// The first thing that was wrong, fields that nobody asked for included: call it last.
  [[nodiscard]] std::optional<Refusal> refusal();

 private:
  [[nodiscard]] std::string place_of(std::string_view key) const;
  boost::json::value const* take(std::string_view key);

  boost::json::object const& object_;
  JsonFile const& file_;
  std::string place_;
  std::vector<std::string> taken_;
  std::optional<Refusal> refusal_;
};

}  // namespace fieldnode::rules

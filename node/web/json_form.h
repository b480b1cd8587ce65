#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/result.h"

namespace fieldnode::web {

/// A JSON object that somebody sent, read strictly: each field once, by name and type; the first fault is kept, and
/// what was not asked for is a fault too. Read every field, then ask `finish()`.
///
///     auto form = JsonForm::parse(request.body);
///     if (!form) return refusal_answer(form.error());
///     auto const days = form->whole("days", 1, 100);
///     if (auto const read = form->finish(); !read) return refusal_answer(read.error());
class JsonForm {
 public:
  /// Errors: `malformed_json` with the byte where it stops making sense; over 16 levels deep.
  [[nodiscard]] static Result<JsonForm> parse(std::string_view text);
  explicit JsonForm(boost::json::object object, std::string where = {});

  /// Texts: valid UTF-8, at most `max_bytes`; a required one is not blank.
  [[nodiscard]] std::string text(std::string_view name, std::size_t max_bytes);
  [[nodiscard]] std::string optional_text(std::string_view name, std::size_t max_bytes);
  [[nodiscard]] std::int64_t whole(std::string_view name, std::int64_t least, std::int64_t most);
  [[nodiscard]] bool truth(std::string_view name, bool otherwise);
  [[nodiscard]] bool has(std::string_view name) const;
  /// A nested object; nothing when absent or null.
  [[nodiscard]] std::optional<JsonForm> inner(std::string_view name);
  /// An id that travels as text, because JSON numbers lose digits.
  [[nodiscard]] std::uint64_t id(std::string_view name);
  [[nodiscard]] std::vector<JsonForm> list(std::string_view name, std::size_t most);

  /// A word of a closed vocabulary; `read` gives nothing for an unknown word.
  template <class Word, class Read>
  [[nodiscard]] Word word(std::string_view name, Read const& read) {
    auto const value = read(text(name, 64));
    if (!value) fault(name, "is none of the words that may stand here");
    return value.value_or(Word{});
  }

  /// Takes an inner form's fault over.
  void adopt(Result<void> const& inner_result);
  void fault(std::string_view name, std::string_view what);
  /// Errors: `bad_field` naming the field and what is wrong with it.
  [[nodiscard]] Result<void> finish();

 private:
  [[nodiscard]] boost::json::value const* take(std::string_view name);

  boost::json::object object_;
  std::string where_;
  std::set<std::string, std::less<>> asked_;
  std::optional<Refusal> fault_;
};

}  // namespace fieldnode::web

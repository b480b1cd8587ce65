#include "sync/rules/strict_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <set>

#include "sync/rules/in_quotes.h"

namespace fieldnode::rules {
namespace {

namespace json = boost::json;

json::parse_options strict_options() {
  json::parse_options options;
  options.max_depth = 16;
  return options;
}

/// Listens to the parser for keys only: a value built by Boost.JSON no longer knows that a key stood there twice.
struct KeyListener {
  static constexpr std::size_t max_object_size = 100'000;
  static constexpr std::size_t max_array_size = 100'000;
  static constexpr std::size_t max_key_size = 1'000;
  static constexpr std::size_t max_string_size = 1'000'000;

  std::vector<std::set<std::string>> open_objects;
  std::string key;
  bool doubled = false;

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) {
    open_objects.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, json::error_code&) {
    open_objects.pop_back();
    return true;
  }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_array_end(std::size_t, json::error_code&) { return true; }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    key.append(part.data(), part.size());
    return true;
  }
  bool on_key(json::string_view part, std::size_t, json::error_code& error) {
    key.append(part.data(), part.size());
    if (!open_objects.back().insert(key).second) {
      doubled = true;
      error = json::error::syntax;
      return false;
    }
    key.clear();
    return true;
  }
  bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t, json::string_view, json::error_code&) { return true; }
  bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }
  bool on_double(double, json::string_view, json::error_code&) { return true; }
  bool on_bool(bool, json::error_code&) { return true; }
  bool on_null(json::error_code&) { return true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }
};

Refusal refuse_at(std::string_view text, std::size_t read, JsonFile const& file, std::string_view why) {
  auto const line = 1 + std::ranges::count(text.substr(0, read), '\n');
  return refuse(file.code, fmt::format("{}, line {}: {}", file.name, line, why));
}

std::optional<Refusal> refuse_syntax(std::string_view text, JsonFile const& file) {
  json::basic_parser<KeyListener> parser(strict_options());
  json::error_code error;
  auto const read = parser.write_some(false, text.data(), text.size(), error);
  if (parser.handler().doubled) {
    return refuse_at(text, read, file, fmt::format("the key {} stands here twice", in_quotes(parser.handler().key)));
  }
  if (error) return refuse_at(text, read, file, fmt::format("no JSON as expected ({})", error.message()));
  auto const rest = text.find_first_not_of(" \t\r\n", read);
  if (rest != std::string_view::npos) return refuse_at(text, rest, file, "something follows the end of the JSON text");
  return std::nullopt;
}

}  // namespace

Result<json::object> parse_strict_json(std::string_view text, JsonFile const& file) {
  if (text.size() > file.size_max_bytes) {
    return refuse(file.code, fmt::format("{} has {} bytes, more than the {} allowed: it is some other file", file.name,
                                         text.size(), file.size_max_bytes));
  }
  if (auto const refused = refuse_syntax(text, file)) return *refused;
  auto parsed = json::parse(json::string_view(text.data(), text.size()), {}, strict_options());
  if (!parsed.is_object()) return refuse(file.code, fmt::format("{} must hold one JSON object", file.name));
  return std::move(parsed.get_object());
}

JsonFields::JsonFields(json::object const& object, JsonFile const& file, std::string place)
    : object_(object), file_(file), place_(std::move(place)) {}

std::string JsonFields::place_of(std::string_view key) const {
  return place_.empty() ? std::string(key) : fmt::format("{}.{}", place_, key);
}

void JsonFields::refuse_field(std::string_view key, std::string_view why) {
  if (!refusal_) refusal_ = refuse(file_.code, fmt::format("{}, {}: {}", file_.name, place_of(key), why));
}

void JsonFields::adopt(Refusal inner) {
  if (!refusal_) refusal_ = std::move(inner);
}

void JsonFields::require(std::string_view key) {
  if (!has(key)) refuse_field(key, "this field is missing");
}

json::value const* JsonFields::take(std::string_view key) {
  taken_.emplace_back(key);
  return object_.if_contains(key);
}

std::int64_t JsonFields::integer(std::string_view key, std::int64_t fallback, std::int64_t least, std::int64_t most) {
  auto const* value = take(key);
  if (value == nullptr) return fallback;
  if (value->is_int64() && value->get_int64() >= least && value->get_int64() <= most) return value->get_int64();
  refuse_field(key, fmt::format("must be a whole number from {} to {}", least, most));
  return fallback;
}

bool JsonFields::flag(std::string_view key, bool fallback) {
  auto const* value = take(key);
  if (value == nullptr) return fallback;
  if (!value->is_bool()) refuse_field(key, "must be true or false");
  return value->is_bool() ? value->get_bool() : fallback;
}

std::string JsonFields::text(std::string_view key, std::string_view fallback, std::size_t longest) {
  auto const* value = take(key);
  if (value == nullptr) return std::string(fallback);
  if (value->is_string() && value->get_string().size() <= longest) return std::string(value->get_string());
  refuse_field(key, fmt::format("must be a text of at most {} bytes", longest));
  return std::string(fallback);
}

std::optional<std::vector<std::string>> JsonFields::texts(std::string_view key, std::size_t most) {
  auto const* value = take(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_array() || value->get_array().size() > most) {
    refuse_field(key, fmt::format("must be a list of at most {} texts", most));
    return std::nullopt;
  }
  std::vector<std::string> found;
  for (auto const& item : value->get_array()) {
    if (item.is_string()) {
      found.emplace_back(item.get_string());
    } else {
      refuse_field(fmt::format("{}[{}]", key, found.size()), "must be a text");
      return std::nullopt;
    }
  }
  return found;
}

json::object const* JsonFields::object(std::string_view key) {
  auto const* value = take(key);
  if (value == nullptr) return nullptr;
  if (!value->is_object()) refuse_field(key, "must be an object in braces");
  return value->if_object();
}

std::optional<Refusal> JsonFields::refusal() {
  for (auto const& field : object_) {
    if (std::ranges::find(taken_, std::string_view(field.key())) == taken_.end()) {
      refuse_field(field.key(), "this field is unknown: mistyped, or the program is older than the file");
    }
  }
  return refusal_;
}

}  // namespace fieldnode::rules

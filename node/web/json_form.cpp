#include "node/web/json_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parser.hpp>
#include <charconv>

namespace fieldnode::web {
namespace {

constexpr std::size_t kDepthMost = 16;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace

Result<JsonForm> JsonForm::parse(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kDepthMost;
  boost::json::parser parser({}, options);
  boost::system::error_code error;
  std::size_t const read = parser.write(text.data(), text.size(), error);
  if (error) {
    return refuse("malformed_json", fmt::format("The request is no JSON from byte {} on; nothing was changed.", read));
  }
  auto const value = parser.release();
  if (!value.is_object()) return refuse("malformed_json", "The request must be a JSON object; nothing was changed.");
  return JsonForm(value.get_object());
}

JsonForm::JsonForm(boost::json::object object, std::string where)
    : object_(std::move(object)), where_(std::move(where)) {}

boost::json::value const* JsonForm::take(std::string_view name) {
  asked_.emplace(name);
  auto const* value = object_.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::string JsonForm::text(std::string_view name, std::size_t max_bytes) {
  auto value = optional_text(name, max_bytes);
  if (is_blank(value)) fault(name, "is missing");
  return value;
}

std::string JsonForm::optional_text(std::string_view name, std::size_t max_bytes) {
  auto const* value = take(name);
  if (value == nullptr) return {};
  if (!value->is_string()) {
    fault(name, "must be a text");
    return {};
  }
  std::string_view const text = value->get_string();
  if (text.size() > max_bytes) fault(name, fmt::format("is longer than {} bytes", max_bytes));
  if (text.find('\0') != std::string_view::npos) fault(name, "holds a zero byte");
  return std::string(text);
}

std::int64_t JsonForm::whole(std::string_view name, std::int64_t least, std::int64_t most) {
  auto const* value = take(name);
  boost::system::error_code error;
  std::int64_t const number = value == nullptr ? least - 1 : value->to_number<std::int64_t>(error);
  if (value == nullptr || error || number < least || number > most) {
    fault(name, fmt::format("must be a whole number from {} to {}", least, most));
    return least;
  }
  return number;
}

bool JsonForm::truth(std::string_view name, bool otherwise) {
  auto const* value = take(name);
  if (value == nullptr) return otherwise;
  if (value->is_bool()) return value->get_bool();
  fault(name, "must be true or false");
  return otherwise;
}

bool JsonForm::has(std::string_view name) const {
  auto const* value = object_.if_contains(name);
  return value != nullptr && !value->is_null();
}

std::optional<JsonForm> JsonForm::inner(std::string_view name) {
  auto const* value = take(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_object()) {
    fault(name, "must be an object");
    return std::nullopt;
  }
  return JsonForm(value->get_object(), where_ + std::string(name) + ".");
}

std::uint64_t JsonForm::id(std::string_view name) {
  std::string const digits = text(name, 20);
  std::uint64_t value = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) fault(name, "must be an id, digits in a text");
  return value;
}

std::vector<JsonForm> JsonForm::list(std::string_view name, std::size_t most) {
  std::vector<JsonForm> forms;
  auto const* value = take(name);
  if (value == nullptr) return forms;
  if (!value->is_array() || value->get_array().size() > most) {
    fault(name, fmt::format("must be a list of at most {} objects", most));
    return forms;
  }
  for (auto const& element : value->get_array()) {
    if (!element.is_object()) {
      fault(name, "holds something that is no object");
      return forms;
    }
    forms.emplace_back(element.get_object(), fmt::format("{}{}[{}].", where_, name, forms.size()));
  }
  return forms;
}

void JsonForm::adopt(Result<void> const& inner_result) {
  if (!inner_result && !fault_) fault_ = inner_result.error();
}

void JsonForm::fault(std::string_view name, std::string_view what) {
  if (fault_) return;
  fault_ = refuse("bad_field", fmt::format("Field '{}{}' {}; nothing was changed.", where_, name, what));
}

Result<void> JsonForm::finish() {
  for (auto const& member : object_) {
    if (!asked_.contains(std::string_view(member.key()))) fault(member.key(), "is not known here");
  }
  if (fault_) return *fault_;
  return {};
}

}  // namespace fieldnode::web

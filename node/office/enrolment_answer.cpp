#include "node/office/enrolment_answer.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>

namespace fieldnode::office {
namespace {

namespace json = boost::json;

/// Takes fields out of the answer and remembers the first that is not as it should be. Ids may be numbers or texts.
class AnswerReader {
 public:
  std::string text(json::object const& object, std::string_view key) {
    auto const* value = object.if_contains(key);
    auto const* text = value == nullptr ? nullptr : value->if_string();
    if (text == nullptr || text->empty()) return fault(key), std::string();
    return std::string(*text);
  }

  std::uint64_t id(json::object const& object, std::string_view key) {
    auto const* value = object.if_contains(key);
    if (value != nullptr && value->is_int64() && value->get_int64() > 0) {
      return static_cast<std::uint64_t>(value->get_int64());
    }
    if (value != nullptr && value->is_uint64()) return value->get_uint64();
    std::uint64_t number = 0;
    if (value != nullptr && value->is_string()) {
      auto const& text = value->get_string();
      auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
      if (read.ec == std::errc{} && read.ptr == text.data() + text.size() && number != 0) return number;
    }
    fault(key);
    return 0;
  }

  json::object inner(json::object const& object, std::string_view key) {
    auto const* value = object.if_contains(key);
    if (value != nullptr && value->is_object()) return value->get_object();
    fault(key);
    return {};
  }

  crypto::PublicKey key(json::object const& object, std::string_view name) {
    crypto::PublicKey key{};
    auto const bytes = from_hex(text(object, name));
    if (bytes && bytes->size() == key.size()) {
      std::ranges::copy(*bytes, key.begin());
    } else {
      fault(name);
    }
    return key;
  }

  /// A city that has made no root key yet does not send one.
  std::optional<crypto::PublicKey> optional_key(json::object const& object, std::string_view name) {
    if (!object.contains(name)) return std::nullopt;
    return key(object, name);
  }

  void fault(std::string_view key) {
    if (fault_.empty()) fault_ = key;
  }
  [[nodiscard]] std::string const& first_fault() const { return fault_; }

 private:
  std::string fault_;
};

Refusal bad_answer(std::string_view what) {
  return refuse("bad_enrolment_answer", "The centre's answer cannot be understood (" + std::string(what) +
                                            "); is the address that of the centre's sync port, and is its version as "
                                            "new as this one?");
}

}  // namespace

Result<EnrolmentAnswer> read_enrolment_answer(std::string_view text) {
  boost::system::error_code broken;
  auto const value = json::parse(text, broken);
  if (broken || !value.is_object()) return bad_answer("it is no JSON object");
  auto const& object = value.get_object();
  AnswerReader read;
  auto const unit = read.inner(object, "unit");
  auto const city_key = read.inner(object, "city_key");
  EnrolmentAnswer answer{.identity = {.unit = UnitId{read.id(unit, "id")},
                                      .unit_code = read.text(unit, "code"),
                                      .unit_name = read.text(unit, "name"),
                                      .city = read.text(object, "city"),
                                      .node = NodeId{read.id(object, "node_id")},
                                      .city_key_id = read.id(city_key, "id"),
                                      .city_key = read.key(city_key, "public_key"),
                                      .city_root = read.optional_key(object, "city_root")},
                         .certificate_pem = read.text(object, "certificate"),
                         .ca_pem = read.text(object, "ca")};
  if (!read.first_fault().empty()) return bad_answer("field '" + read.first_fault() + "'");
  return answer;
}

}  // namespace fieldnode::office

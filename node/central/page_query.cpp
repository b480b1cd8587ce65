#include "node/central/page_query.h"

#include <charconv>
#include <string>

namespace fieldnode::central {
namespace {

constexpr std::size_t kPageSize = 50;
constexpr std::size_t kPageMost = 200;

}  // namespace

std::optional<std::uint64_t> read_number(std::string_view text) {
  std::uint64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number == 0) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> read_id(net::HttpRequest const& request) {
  return read_number(request.path_variable("id"));
}

Result<PageQuery> read_page_query(net::HttpRequest const& request) {
  PageQuery query{.limit = kPageSize, .after = 0};
  if (auto const text = request.query_value("limit")) {
    auto const limit = read_number(*text);
    if (!limit || *limit > kPageMost) return bad_parameter("limit", "must be a whole number from 1 to 200");
    query.limit = static_cast<std::size_t>(*limit);
  }
  if (auto const text = request.query_value("after"); text && !text->empty()) {
    auto const after = read_number(*text);
    if (!after) return bad_parameter("after", "is no place in this list; leave it out to begin anew");
    query.after = *after;
  }
  return query;
}

Refusal bad_parameter(std::string_view name, std::string_view what) {
  return refuse("bad_field", "Parameter '" + std::string(name) + "' " + std::string(what) + ".");
}

Refusal not_found(std::string_view what) { return refuse("not_found", "There is no such " + std::string(what) + "."); }

}  // namespace fieldnode::central

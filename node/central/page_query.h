#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "node/net/http.h"
#include "sync/base/result.h"

/// What the doors of the page read out of an address.
namespace fieldnode::central {

/// Nothing for what is no whole number above 0.
[[nodiscard]] std::optional<std::uint64_t> read_number(std::string_view text);
/// The `{id}` of the path.
[[nodiscard]] std::optional<std::uint64_t> read_id(net::HttpRequest const& request);

/// Which part of a list is asked for.
struct PageQuery {
  std::size_t limit{};
  std::uint64_t after{};  ///< 0: from the beginning
};
/// Errors: `bad_field` naming the parameter.
[[nodiscard]] Result<PageQuery> read_page_query(net::HttpRequest const& request);

[[nodiscard]] Refusal bad_parameter(std::string_view name, std::string_view what);
[[nodiscard]] Refusal not_found(std::string_view what);

}  // namespace fieldnode::central

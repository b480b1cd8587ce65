#pragma once

#include <string>

#include "node/net/http.h"

namespace fieldnode::net {

/// The status line and headers on the wire. Control characters in a header become spaces, so that nothing a handler
/// copies from a request can start a header of its own.
/// Shape: `length` is left out for a body that ends with the connection.
[[nodiscard]] std::string head_text(HttpResponse const& response, std::optional<std::uint64_t> length, bool keep_alive);

}  // namespace fieldnode::net

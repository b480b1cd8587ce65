#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "node/net/http.h"
#include "node/net/router.h"

namespace fieldnode::net {

/// What is decided about a request before its body is read and any handler runs. Pure.

/// Everything but GET and HEAD.
[[nodiscard]] bool changes_state(Method method);

/// Splits and decodes `target` into path and query, and reads the cookies. False when an escape is broken, or the
/// target is no absolute path.
[[nodiscard]] bool read_target(HttpRequest& request);
void read_cookies(HttpRequest& request);

/// 400 without exactly one Host, 421 when it is not in `hosts`.
[[nodiscard]] std::optional<HttpResponse> refuse_host(HttpRequest const& request,
                                                      std::vector<std::string> const& hosts);

/// 403 `foreign_page` when a state-changing request of a page route does not come from our own page. A browser always
/// sends Sec-Fetch-Site or Origin on such a request; without either it is refused.
[[nodiscard]] std::optional<HttpResponse> refuse_origin(HttpRequest const& request, RouteOptions const& options);

/// 415 when a state-changing request with a body does not have the route's media type.
[[nodiscard]] std::optional<HttpResponse> refuse_body_type(HttpRequest const& request, RouteOptions const& options,
                                                           bool has_body);

/// Adds the headers that every answer to a page carries, where the handler has not set its own.
void add_security_headers(HttpResponse& response);

}  // namespace fieldnode::net

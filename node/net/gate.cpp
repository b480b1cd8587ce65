#include "node/net/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "node/net/text.h"

namespace fieldnode::net {
namespace {

/// "Office.lan:8443" -> "office.lan"; "[::1]:80" -> "[::1]".
std::string_view host_without_port(std::string_view host) {
  auto const colon = host.rfind(':');
  auto const bracket = host.rfind(']');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && bracket > colon)) return host;
  return host.substr(0, colon);
}

bool is_host_served(std::string_view host, std::string_view served) {
  bool const any_port = host_without_port(served) == served;
  return same_word(any_port ? host_without_port(host) : host, served);
}

std::optional<std::multimap<std::string, std::string, std::less<>>> read_query(std::string_view text) {
  std::multimap<std::string, std::string, std::less<>> query;
  for (auto const pair : split(text, '&')) {
    if (pair.empty()) continue;
    auto const equals = pair.find('=');
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = percent_decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1), true);
    if (!name || !value) return std::nullopt;
    query.emplace(std::move(*name), std::move(*value));
  }
  return query;
}

}  // namespace

bool changes_state(Method method) { return method != Method::kGet && method != Method::kHead; }

bool read_target(HttpRequest& request) {
  std::string_view const target = request.target;
  if (!target.starts_with('/')) return false;
  auto const mark = target.find('?');
  auto path = percent_decoded(target.substr(0, mark), false);
  auto query = read_query(mark == std::string_view::npos ? "" : target.substr(mark + 1));
  if (!path || !query) return false;
  request.path = std::move(*path);
  request.query = std::move(*query);
  return true;
}

void read_cookies(HttpRequest& request) {
  for (auto const& field : request.headers.all()) {
    if (!same_word(field.name, "Cookie")) continue;
    for (auto const part : split(field.value, ';')) {
      auto const equals = part.find('=');
      if (equals == std::string_view::npos) continue;
      request.cookies.emplace(trimmed(part.substr(0, equals)), trimmed(part.substr(equals + 1)));
    }
  }
}

std::optional<HttpResponse> refuse_host(HttpRequest const& request, std::vector<std::string> const& hosts) {
  if (request.peer.is_local_socket) return std::nullopt;
  if (request.headers.count("Host") != 1) {
    return error_response(400, "bad_host",
                          {.zh = "请求必须且只能写明一个主机名。", .en = "The request must name exactly one Host."});
  }
  auto const host = request.header("Host");
  if (std::ranges::any_of(hosts, [&](auto const& served) { return is_host_served(host, served); })) {
    return std::nullopt;
  }
  return error_response(421, "host_not_served",
                        {.zh = "本程序不以这个主机名提供服务，请使用配置中的地址，或将该名称加入主机名单。",
                         .en = "This program does not serve that host name; use the configured address or add the "
                               "name to its list of hosts."});
}

std::optional<HttpResponse> refuse_origin(HttpRequest const& request, RouteOptions const& options) {
  if (!changes_state(request.method) || options.caller != Caller::kPage) return std::nullopt;
  auto const site = request.headers.find("Sec-Fetch-Site");
  auto const origin = request.headers.find("Origin");
  auto const own = (request.peer.is_tls ? "https://" : "http://") + std::string(request.header("Host"));
  bool const site_fits = !site || *site == "same-origin";
  bool const origin_fits = !origin || same_word(*origin, own);
  if ((site || origin) && site_fits && origin_fits) return std::nullopt;
  return error_response(403, "foreign_page",
                        {.zh = "只接受本程序自己的页面提交的更改，请打开该页面后重试。",
                         .en = "Changes are taken only from this program's own page; open it and retry."});
}

std::optional<HttpResponse> refuse_body_type(HttpRequest const& request, RouteOptions const& options, bool has_body) {
  if (!has_body || options.body_type.empty() || request.content_type() == options.body_type) return std::nullopt;
  return error_response(415, "bad_body_type",
                        {.zh = fmt::format("此地址只接受类型为 {} 的内容。", options.body_type),
                         .en = fmt::format("This address takes only bodies of type {}.", options.body_type)});
}

void add_security_headers(HttpResponse& response) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kHeaders{{
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
       "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cache-Control", "no-store"},
  }};
  for (auto const& [name, value] : kHeaders) {
    if (!response.headers.find(name)) response.headers.add(std::string(name), std::string(value));
  }
  if (response.headers.find("Content-Encoding") && !response.headers.find("Vary")) {
    response.headers.add("Vary", "Accept-Encoding");
  }
}

}  // namespace fieldnode::net

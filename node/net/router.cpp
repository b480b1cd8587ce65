#include "node/net/router.h"

#include <algorithm>
#include <exception>
#include <map>
#include <set>

#include "node/net/gate.h"
#include "node/net/text.h"
#include "sync/base/check.h"
#include "sync/base/result.h"

namespace fieldnode::net {
namespace {

using Segments = std::vector<std::string_view>;
using Variables = std::map<std::string, std::string, std::less<>>;

Segments segments_of(std::string_view path) { return split(path.substr(path.starts_with('/') ? 1 : 0), '/'); }

bool is_variable(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

bool takes_rest(std::string_view segment) { return is_variable(segment) && segment.ends_with("...}"); }

std::string_view name_in(std::string_view segment) {
  auto const tail = takes_rest(segment) ? std::string_view("...}").size() : 1;
  return segment.substr(1, segment.size() - 1 - tail);
}

/// The undecoded rest of a path from segment `from` on.
std::string_view rest_of(Segments const& path, std::size_t from) {
  auto const* const begin = path[from].data();
  auto const& last = path.back();
  return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
}

bool take(Variables& variables, std::string_view name, std::string_view raw) {
  auto value = percent_decoded(raw, false);
  if (!value || value->empty()) return false;
  variables.insert_or_assign(std::string(name), std::move(*value));
  return true;
}

std::optional<Variables> match(std::string_view pattern, Segments const& path) {
  auto const wanted = segments_of(pattern);
  Variables variables;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i >= path.size()) return std::nullopt;
    if (takes_rest(wanted[i])) {
      if (!take(variables, name_in(wanted[i]), rest_of(path, i))) return std::nullopt;
      return variables;
    }
    bool const fits = is_variable(wanted[i]) ? take(variables, name_in(wanted[i]), path[i]) : wanted[i] == path[i];
    if (!fits) return std::nullopt;
  }
  if (wanted.size() != path.size()) return std::nullopt;
  return variables;
}

/// Sorts literal segments before variables, and "the rest" last, so that the first match is the best one.
std::string precedence_of(std::string_view pattern) {
  std::string key;
  for (auto const segment : segments_of(pattern)) {
    key += takes_rest(segment) ? '2' : is_variable(segment) ? '1' : '0';
  }
  return key;
}

HttpResponse method_refusal(std::set<std::string_view> const& allowed) {
  std::string list;
  for (auto const name : allowed) list += (list.empty() ? "" : ", ") + std::string(name);
  return error_response(405, "method_not_allowed",
                        {.zh = "此地址只支持 " + list + "。", .en = "This address answers only " + list + "."})
      .with("Allow", list);
}

bool needs_token(Route const& route, HttpRequest const& request) {
  return changes_state(request.method) && route.options.caller == Caller::kPage && route.options.needs_token;
}

std::string fault_text(Route const& route, std::exception const& fault) {
  return std::string(name_of(route.method)) + ' ' + route.pattern + ": " + fault.what();
}

}  // namespace

void Router::add(Method method, std::string pattern, Handler handler, RouteOptions options) {
  add_route({method, std::move(pattern), std::move(handler), std::move(options)});
}

void Router::add_late(Method method, std::string pattern, LateHandler handler, RouteOptions options) {
  add_route({method, std::move(pattern), std::move(handler), std::move(options)});
}

void Router::add_stream(Method method, std::string pattern, StreamHandler handler, RouteOptions options) {
  check(options.caller == Caller::kProgram, "a page's token would be asked for too late");
  add_route({method, std::move(pattern), std::move(handler), std::move(options)});
}

void Router::get(std::string pattern, Handler handler, RouteOptions options) {
  add(Method::kGet, std::move(pattern), std::move(handler), std::move(options));
}

void Router::post(std::string pattern, Handler handler, RouteOptions options) {
  add(Method::kPost, std::move(pattern), std::move(handler), std::move(options));
}

void Router::add_route(Route route) {
  check(route.pattern.starts_with('/'), "a route's pattern starts with /");
  for (auto const& other : routes_) {
    check(other.method != route.method || other.pattern != route.pattern, "two doors on one method and path");
  }
  auto const later = [](Route const& a, Route const& b) { return precedence_of(a.pattern) < precedence_of(b.pattern); };
  routes_.insert(std::upper_bound(routes_.begin(), routes_.end(), route, later), std::move(route));
}

std::variant<Route const*, HttpResponse> Router::find(HttpRequest& request) const {
  auto const path = segments_of(std::string_view(request.target).substr(0, request.target.find('?')));
  auto const wanted = request.method == Method::kHead ? Method::kGet : request.method;
  std::set<std::string_view> allowed;
  for (auto const& route : routes_) {
    auto variables = match(route.pattern, path);
    if (!variables) continue;
    if (route.method == wanted) {
      request.path_variables = std::move(*variables);
      return &route;
    }
    allowed.insert(name_of(route.method));
    if (route.method == Method::kGet) allowed.insert(name_of(Method::kHead));
  }
  if (!allowed.empty()) return method_refusal(allowed);
  return error_response(
      404, "no_such_path",
      {.zh = "此地址没有内容，请核对路径。", .en = "Nothing answers at this address; check the path."});
}

void Router::run(Route const& route, HttpRequest const& request, Responder const& responder,
                 FaultReport const& report) const try {
  if (needs_token(route, request) && !(token_is_right_ && token_is_right_(request))) {
    responder.answer(error_response(
        403, "bad_token",
        {.zh = "页面已过期，请刷新后重试。", .en = "The page is out of date; reload it and try again."}));
  } else if (auto const* const handler = std::get_if<Handler>(&route.handler)) {
    responder.answer((*handler)(request));
  } else {
    std::get<LateHandler>(route.handler)(request, responder);
  }
} catch (...) {
  responder.answer(answer_to_fault(route, report));
}

HttpResponse answer_to_fault(Route const& route, FaultReport const& report) try {
  throw;
} catch (BrokenWorld const& broken) {
  if (report) report(fault_text(route, broken));
  return error_response(503, "broken_world",
                        {.zh = "程序无法使用其存储或所需的库，原因见程序日志。",
                         .en = "The program cannot reach its store or a library it needs; its log names the cause."});
} catch (std::exception const& defect) {
  if (report) report(fault_text(route, defect));
  return error_response(500, "defect",
                        {.zh = "程序有缺陷，位置见程序日志，请报告。",
                         .en = "A defect in the program; its log names the place. Report it."});
}

}  // namespace fieldnode::net

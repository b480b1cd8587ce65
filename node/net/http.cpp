#include "node/net/http.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "node/net/text.h"
#include "sync/base/check.h"

namespace fieldnode::net {
namespace {

struct MethodName {
  Method method;
  std::string_view name;
};
constexpr std::array<MethodName, 6> kMethods{{{Method::kGet, "GET"},
                                              {Method::kHead, "HEAD"},
                                              {Method::kPost, "POST"},
                                              {Method::kPut, "PUT"},
                                              {Method::kPatch, "PATCH"},
                                              {Method::kDelete, "DELETE"}}};

template <class Map>
std::optional<std::string_view> find_in(Map const& map, std::string_view name) {
  auto const found = map.lower_bound(name);
  if (found == map.end() || found->first != name) return std::nullopt;
  return std::string_view(found->second);
}

}  // namespace

std::string_view name_of(Method method) {
  for (auto const& row : kMethods) {
    if (row.method == method) return row.name;
  }
  fail_check("a method without a name", std::source_location::current());
}

std::optional<Method> method_named(std::string_view name) {
  for (auto const& row : kMethods) {
    if (row.name == name) return row.method;
  }
  return std::nullopt;
}

void Fields::add(std::string name, std::string value) { fields_.push_back({std::move(name), std::move(value)}); }

void Fields::set(std::string name, std::string value) {
  std::erase_if(fields_, [&](Field const& field) { return same_word(field.name, name); });
  add(std::move(name), std::move(value));
}

std::optional<std::string_view> Fields::find(std::string_view name) const {
  for (auto const& field : fields_) {
    if (same_word(field.name, name)) return std::string_view(field.value);
  }
  return std::nullopt;
}

std::size_t Fields::count(std::string_view name) const {
  auto const matches = [&](Field const& field) { return same_word(field.name, name); };
  return static_cast<std::size_t>(std::ranges::count_if(fields_, matches));
}

std::string_view HttpRequest::header(std::string_view name) const { return headers.find(name).value_or(""); }

std::optional<std::string_view> HttpRequest::query_value(std::string_view name) const { return find_in(query, name); }

std::optional<std::string_view> HttpRequest::cookie(std::string_view name) const { return find_in(cookies, name); }

std::string const& HttpRequest::path_variable(std::string_view name) const {
  auto const found = path_variables.find(name);
  check(found != path_variables.end(), "a handler asks for a path variable that its pattern lacks");
  return found->second;
}

std::string HttpRequest::content_type() const { return media_type(header("Content-Type")); }

bool HttpRequest::accepts_gzip() const {
  for (auto const& offer : split(header("Accept-Encoding"), ',')) {
    auto const parts = split(offer, ';');
    if (!same_word(trimmed(parts.front()), "gzip")) continue;
    auto const weight = parts.size() > 1 ? trimmed(parts[1]) : std::string_view("q=1");
    return weight.find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

HttpResponse HttpResponse::with(std::string name, std::string value) && {
  headers.set(std::move(name), std::move(value));
  return std::move(*this);
}

HttpResponse json_response(int status, std::string json) {
  return HttpResponse{status, {}, std::move(json)}.with("Content-Type", "application/json");
}

HttpResponse text_response(int status, std::string text) {
  return HttpResponse{status, {}, std::move(text)}.with("Content-Type", "text/plain; charset=utf-8");
}

HttpResponse bytes_response(int status, std::string content_type, BytesView bytes) {
  return HttpResponse{status, {}, std::string(text_of(bytes))}.with("Content-Type", std::move(content_type));
}

HttpResponse empty_response(int status) { return HttpResponse{status, {}, {}}; }

HttpResponse error_response(int status, std::string_view code, Sentence const& sentence) {
  return json_response(status, fmt::format(R"({{"error":{{"code":{},"sentence":{{"zh":{},"en":{}}}}}}})",
                                           json_text(code), json_text(sentence.zh), json_text(sentence.en)));
}

HttpResponse error_response(int status, std::string_view code, std::string_view sentence) {
  return error_response(status, code, Sentence{.zh = sentence, .en = sentence});
}

HttpResponse busy_response(int status, std::string_view sentence, Milliseconds retry_after) {
  auto const seconds = std::chrono::ceil<std::chrono::seconds>(retry_after).count();
  return error_response(status, "busy", sentence).with("Retry-After", std::to_string(seconds));
}

HttpResponse download_response(std::string content_type, std::string_view file_name, std::string body) {
  return HttpResponse{200, {}, std::move(body)}
      .with("Content-Type", std::move(content_type))
      .with("Content-Disposition", "attachment; filename*=UTF-8''" + percent_encoded(file_name))
      .with("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
}

HttpResponse download_response(std::string content_type, std::string_view file_name,
                               std::shared_ptr<BodySource> source) {
  auto response = download_response(std::move(content_type), file_name, std::string());
  response.source = std::move(source);
  return response;
}

std::string_view reason_of(int status) {
  static constexpr std::array<std::pair<int, std::string_view>, 33> kReasons{{
      {100, "Continue"},
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {415, "Unsupported Media Type"},
      {416, "Range Not Satisfiable"},
      {421, "Misdirected Request"},
      {422, "Unprocessable Content"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
      {507, "Insufficient Storage"},
  }};
  for (auto const& [number, reason] : kReasons) {
    if (number == status) return reason;
  }
  return "Status";
}

}  // namespace fieldnode::net

#include "node/web/static_pages.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <string>

#include "sync/base/check.h"
#include "sync/crypto/hash.h"

namespace fieldnode::web {
namespace {

struct Served {
  std::string_view plain;
  std::string_view gzip;
  std::string_view type;
  std::string etag;
};

std::string_view type_of(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kTypes{
      {{".html", "text/html; charset=utf-8"},
       {".js", "text/javascript; charset=utf-8"},
       {".css", "text/css; charset=utf-8"},
       {".svg", "image/svg+xml"},
       {".json", "application/json"},
       {".png", "image/png"},
       {".ico", "image/x-icon"}}};
  for (auto const& [ending, type] : kTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

net::HttpResponse serve(Served const& file, net::HttpRequest const& request) {
  if (request.header("If-None-Match") == file.etag) {
    return net::empty_response(304).with("ETag", file.etag).with("Cache-Control", "no-cache");
  }
  bool const packed = request.accepts_gzip() && !file.gzip.empty();
  auto response = net::bytes_response(200, std::string(file.type), bytes_of(packed ? file.gzip : file.plain))
                      .with("ETag", file.etag)
                      .with("Cache-Control", "no-cache")
                      .with("Vary", "Accept-Encoding");
  return packed ? std::move(response).with("Content-Encoding", "gzip") : response;
}

void add_door(net::Router& router, std::string path, Served const& file) {
  router.get(std::move(path), [file](net::HttpRequest const& request) { return serve(file, request); });
}

}  // namespace

void add_static_pages(net::Router& router, std::vector<StaticFile> files) {
  std::map<std::string_view, std::string_view> by_path;
  for (auto const& file : files) by_path.emplace(file.path, file.content);
  check(by_path.contains("index.html"), "the page has no index.html");
  for (auto const& [path, content] : by_path) {
    if (path.ends_with(".gz")) continue;
    auto const gzip = by_path.find(std::string(path) + ".gz");
    Served const file{content, gzip == by_path.end() ? std::string_view{} : gzip->second, type_of(path),
                      fmt::format("\"{}\"", to_hex(crypto::sha256(bytes_of(content))).substr(0, 24))};
    add_door(router, "/" + std::string(path), file);
    if (path == "index.html") add_door(router, "/", file);
  }
}

}  // namespace fieldnode::web

#include "node/central/central_pages.h"

#include <algorithm>
#include <vector>

#include "node/web/static_pages.h"
#include "page_files.h"

namespace fieldnode::central {
namespace {

constexpr std::string_view kFolder = "central/";
constexpr std::string_view kNotBuiltIn =
    "这个程序没有内置页面；接口在 /api 下可用。\n"
    "The page is not built into this program; its API answers under /api.\n";

}  // namespace

void add_central_pages(net::Router& router, std::string const& about) {
  std::vector<web::StaticFile> files;
  for (auto const& file : page::embedded_files()) {
    if (file.path.starts_with(kFolder)) files.push_back({file.path.substr(kFolder.size()), file.content});
  }
  if (!files.empty()) return web::add_static_pages(router, std::move(files));
  router.get("/",
             [about](net::HttpRequest const&) { return net::text_response(200, about + std::string(kNotBuiltIn)); });
}

}  // namespace fieldnode::central

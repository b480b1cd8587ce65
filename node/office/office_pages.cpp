#include "node/office/office_pages.h"

#include <vector>

#include "node/web/static_pages.h"
#include "page_files.h"

namespace fieldnode::office {
namespace {

constexpr std::string_view kFolder = "office/";

}  // namespace

void add_office_pages(net::Router& router) {
  std::vector<web::StaticFile> files;
  for (auto const& file : page::embedded_files()) {
    if (file.path.starts_with(kFolder)) files.push_back({file.path.substr(kFolder.size()), file.content});
  }
  web::add_static_pages(router, std::move(files));
}

}  // namespace fieldnode::office

#pragma once

#include <string_view>
#include <vector>

#include "node/net/router.h"

namespace fieldnode::web {

/// A file of the page as it lies in the program. A file `x.gz` beside `x` is its compressed form.
struct StaticFile {
  std::string_view path;
  std::string_view content;
};

/// Doors for all files; "index.html" also answers "/". ETags are content hashes, so a browser
/// asks again after each start and gets 304 while nothing changed.
void add_static_pages(net::Router& router, std::vector<StaticFile> files);

}  // namespace fieldnode::web

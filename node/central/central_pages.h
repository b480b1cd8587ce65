#pragma once

#include <string>

#include "node/net/router.h"

namespace fieldnode::central {

/// Doors for the files of the centre's page, as the program carries them. A program that was built without the page
/// says so at "/", with `about` before it.
void add_central_pages(net::Router& router, std::string const& about);

}  // namespace fieldnode::central

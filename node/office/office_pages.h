#pragma once

#include "node/net/router.h"

namespace fieldnode::office {

/// Doors for the files of the office's page, as the program carries them.
void add_office_pages(net::Router& router);

}  // namespace fieldnode::office

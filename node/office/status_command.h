#pragma once

#include <span>
#include <string>

#include "node/office/console.h"

namespace fieldnode::office {

/// `fieldnode status`: what the running node shows, or what its directory says when it does not run.
[[nodiscard]] int run_status(std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::office

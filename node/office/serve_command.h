#pragma once

#include <span>
#include <string>

#include "node/office/console.h"

namespace fieldnode::office {

/// `fieldnode serve`: the node at work until SIGTERM or SIGINT. Prints `ready page=URL` once it really listens.
/// Shape: called from the first thread, before any other is started. Gives the exit code.
[[nodiscard]] int run_serve(std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::office

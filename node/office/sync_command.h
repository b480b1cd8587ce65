#pragma once

#include <span>
#include <string>

#include "node/office/console.h"

namespace fieldnode::office {

/// `fieldnode sync`: exchanges with the centre until nothing is left to send or fetch, through the running node if
/// there is one. Gives the exit code; kExitFailed when the centre could not be reached.
[[nodiscard]] int run_sync(std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::office

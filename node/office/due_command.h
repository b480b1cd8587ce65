#pragma once

#include <span>
#include <string>

#include "node/office/console.h"

namespace fieldnode::office {

/// `fieldnode due`: by when something is due, for anyone, without a node's data. It knows no statutes: pauses move
/// every limit in hours, office hours and working days. Gives the exit code.
/// Source: design 11; sync/rules/deadline.h.
[[nodiscard]] int run_due(std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::office

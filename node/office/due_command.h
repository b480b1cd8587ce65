#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

/// `fieldnode due`: by when something is due, for anyone, without a node's data. It knows no statutes: pauses move
/// every limit in hours, office hours and working days.
/// Source: design 11; sync/rules/deadline.h.
[[nodiscard]] cli::Command due_command();

}  // namespace fieldnode::office

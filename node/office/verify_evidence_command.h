#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

/// `fieldnode verify-evidence FILE`: checks a file of evidence with nothing else at hand, and says what it proves.
[[nodiscard]] cli::Command verify_evidence_command();

}  // namespace fieldnode::office

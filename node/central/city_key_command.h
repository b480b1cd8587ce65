#pragma once

#include "node/cli/command.h"

namespace fieldnode::central {

/// city-key rotate | replace --root-key FILE --since MOMENT | root --root-key FILE
[[nodiscard]] cli::Command city_key_command();

}  // namespace fieldnode::central

#pragma once

#include "node/cli/command.h"

namespace fieldnode::office {

/// `fieldnode phone-receipt`: with --challenge or --answer one step of a call, else the whole call at the keyboard.
[[nodiscard]] cli::Command phone_receipt_command();

}  // namespace fieldnode::office

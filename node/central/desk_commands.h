#pragma once

#include "node/cli/command.h"

/// The commands that are one call of the desk: send what was typed, print what comes back.
namespace fieldnode::central {

/// unit add --code C --name N | unit list
[[nodiscard]] cli::Command unit_command();
/// enrol-code --unit C
[[nodiscard]] cli::Command enrol_code_command();
/// node list | confirm --fingerprint F | refuse --fingerprint F | revoke --node N --unit C --why TEXT
[[nodiscard]] cli::Command node_command();
/// user add --name N --role R | list | reset --name N | disable --name N
[[nodiscard]] cli::Command user_command();
[[nodiscard]] cli::Command status_command();
[[nodiscard]] cli::Command clock_command();
[[nodiscard]] cli::Command verify_command();

}  // namespace fieldnode::central
